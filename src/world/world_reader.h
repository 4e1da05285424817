// Reads a world file in pieces of any size, and believes none of it before it has been checked.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "picture/inspector.h"
#include "store/journal/record.h"
#include "store/memory/memory_state.h"

namespace kumquat::world {

class WorldReader {
  public:
    /// Told of each picture that has passed whole and is what its row says: the row, and where its
    /// bytes begin in the file.
    using OnPicture = std::function<void(const store::BlobRow& row, std::int64_t offset)>;

    explicit WorldReader(OnPicture on_picture) : on_picture_(std::move(on_picture)) {}

    /// The file's next bytes. Errors, which are final: kDataDamaged (also for what is no world file
    /// at all), kDataNewer.
    Status feed(std::string_view bytes);
    /// The file has ended. Errors: those of feed(), kDataDamaged for one that was cut short or
    /// whose rows do not fit together.
    Result<store::MemoryState> finish();

  private:
    enum class Step { kMagic, kLength, kRecord, kPicture, kBehind };

    Status take_some(std::string_view& bytes);
    Status on_gathered();
    Status on_magic();
    Status on_length();
    Status on_record();
    Status on_rows(const store::WriteSet& rows);
    Status on_picture_head(const store::WorldPictureRecord& head);
    Status pass_picture(std::string_view& bytes);
    void gather(Step step, std::size_t bytes);

    OnPicture on_picture_;
    Status status_;
    Step step_ = Step::kMagic;
    std::string gathered_;
    std::size_t needed_ = 0;
    std::int64_t offset_ = 0;
    std::int64_t row_records_ = 0;
    store::MemoryState rows_;
    std::optional<store::BlobRow> picture_;
    std::int64_t picture_left_ = 0;
    picture::Inspector inspector_;
    std::set<BlobId> pictures_;
};

}  // namespace kumquat::world
