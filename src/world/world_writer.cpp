#include "world/world_writer.h"

#include "base/check.h"
#include "store/journal/record.h"
#include "world/world_file.h"

namespace kumquat::world {
namespace {

std::string framed(const std::string& record) {
    std::string out;
    for (std::size_t i = 0, size = record.size(); i < 4; ++i, size >>= 8)
        out += static_cast<char>(size & 0xFF);
    return out + record;
}

}  // namespace

WorldWriter::Part WorldWriter::next() {
    Part part;
    if (!place_.at_end) {
        store::WorldRowsRecord record{rows_.rows_after(place_, kWorldStepBytes)};
        store::WriteSet& rows = record.rows;
        rows.sessions.clear();
        rows.feed.clear();
        for (store::FeedHeadRow& head : rows.heads)
            head.trimmed = head.last;
        std::erase_if(rows.blobs, [](const store::BlobRow& row) { return row.references <= 0; });
        for (const store::BlobRow& row : rows.blobs)
            pictures_.emplace_back(row.id, row.bytes);
        if (!begun_) part.bytes = kWorldMagic;
        begun_ = true;
        ++row_records_;
        part.bytes += framed(encode(record));
    } else if (!pictures_.empty()) {
        part.step = Step::kPicture;
        part.picture = pictures_.front().first;
        part.picture_bytes = pictures_.front().second;
    } else {
        part.step = Step::kEnd;
        part.bytes = framed(encode(store::WorldEndRecord{row_records_}));
    }
    return part;
}

std::string WorldWriter::picture(bool found) {
    KUMQUAT_CHECK(place_.at_end && !pictures_.empty());
    const auto [id, bytes] = std::move(pictures_.front());
    pictures_.pop_front();
    return framed(encode(store::WorldPictureRecord{id, found ? bytes : 0}));
}

}  // namespace kumquat::world
