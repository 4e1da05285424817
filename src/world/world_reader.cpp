#include "world/world_reader.h"

#include <algorithm>
#include <utility>

#include "world/world_check.h"
#include "world/world_file.h"

namespace kumquat::world {
namespace {

constexpr std::size_t kLengthBytes = 4;

Error damaged(std::string what) {
    return Error{ErrorCode::kDataDamaged, std::move(what)};
}

}  // namespace

Status WorldReader::feed(std::string_view bytes) {
    if (needed_ == 0 && step_ == Step::kMagic) needed_ = kWorldMagic.size();
    while (status_ && !bytes.empty())
        status_ = take_some(bytes);
    return status_;
}

Status WorldReader::take_some(std::string_view& bytes) {
    if (step_ == Step::kBehind) return damaged("something follows the end of the file");
    if (step_ == Step::kPicture) return pass_picture(bytes);
    const std::size_t taken = std::min(bytes.size(), needed_ - gathered_.size());
    gathered_.append(bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    offset_ += static_cast<std::int64_t>(taken);
    return gathered_.size() == needed_ ? on_gathered() : Status();
}

void WorldReader::gather(Step step, std::size_t bytes) {
    step_ = step;
    needed_ = bytes;
    gathered_.clear();
}

Status WorldReader::on_gathered() {
    if (step_ == Step::kMagic) return on_magic();
    return step_ == Step::kLength ? on_length() : on_record();
}

Status WorldReader::on_magic() {
    if (gathered_ != kWorldMagic) {
        const std::size_t name = kWorldMagic.find("1\n");
        if (gathered_.compare(0, name, kWorldMagic.substr(0, name)) == 0)
            return Error{ErrorCode::kDataNewer, "the file is of a later version"};
        return damaged("this is no file that Kumquat has exported");
    }
    gather(Step::kLength, kLengthBytes);
    return {};
}

Status WorldReader::on_length() {
    std::size_t length = 0;
    for (std::size_t i = kLengthBytes; i-- > 0;)
        length = length << 8 | static_cast<std::uint8_t>(gathered_[i]);
    if (length == 0 || length >= kWorldRecordBytes)
        return damaged("a record of the file has an impossible length");
    gather(Step::kRecord, length);
    return {};
}

Status WorldReader::on_record() {
    KUMQUAT_TRY_ASSIGN(const store::Record record, store::decode_record(gathered_));
    gather(Step::kLength, kLengthBytes);
    if (const auto* rows = std::get_if<store::WorldRowsRecord>(&record)) return on_rows(rows->rows);
    if (const auto* head = std::get_if<store::WorldPictureRecord>(&record))
        return on_picture_head(*head);
    if (const auto* end = std::get_if<store::WorldEndRecord>(&record)) {
        if (end->row_records != row_records_) return damaged("records of the file are missing");
        step_ = Step::kBehind;
        return {};
    }
    return damaged("the file holds a record that belongs elsewhere");
}

Status WorldReader::on_rows(const store::WriteSet& rows) {
    ++row_records_;
    if (!pictures_.empty()) return damaged("rows follow pictures in the file");
    if (const Status applied = rows_.apply(rows); !applied)
        return damaged("rows of the file contradict each other: " + applied.error().context);
    return {};
}

Status WorldReader::on_picture_head(const store::WorldPictureRecord& head) {
    const auto row = rows_.blob(head.id);
    if (!row || !pictures_.insert(head.id).second)
        return damaged("the file holds a picture that no row knows, or one twice");
    if (head.bytes == 0) return {};
    if (head.bytes != row->bytes || head.bytes < 0)
        return damaged("a picture of the file is not as large as it was");
    picture_ = row;
    picture_left_ = head.bytes;
    inspector_ = picture::Inspector();
    step_ = Step::kPicture;
    return {};
}

Status WorldReader::pass_picture(std::string_view& bytes) {
    const auto taken = static_cast<std::size_t>(
        std::min<std::int64_t>(picture_left_, static_cast<std::int64_t>(bytes.size())));
    const Status sound = inspector_.feed(bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    offset_ += static_cast<std::int64_t>(taken);
    picture_left_ -= static_cast<std::int64_t>(taken);
    if (sound && picture_left_ > 0) return {};
    const auto header = inspector_.finish();
    if (!header || static_cast<std::int64_t>(header->format) != picture_->format ||
        header->width != picture_->width || header->height != picture_->height)
        return damaged("a picture of the file is damaged");
    on_picture_(*picture_, offset_ - picture_->bytes);
    gather(Step::kLength, kLengthBytes);
    return {};
}

Result<store::MemoryState> WorldReader::finish() {
    KUMQUAT_TRY(status_);
    if (step_ == Step::kMagic) return damaged("this is no file that Kumquat has exported");
    if (step_ != Step::kBehind) return damaged("the file was cut short");
    KUMQUAT_TRY(check_world(rows_));
    return std::move(rows_);
}

}  // namespace kumquat::world
