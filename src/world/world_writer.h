// Writes a world file, step by step.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <utility>

#include "store/memory/memory_state.h"

namespace kumquat::world {

class WorldWriter {
  public:
    /// Writes the world as it is in `rows`.
    explicit WorldWriter(store::MemoryState rows) : rows_(std::move(rows)) {}

    enum class Step {
        kBytes,    ///< `bytes` is the file's next part
        kPicture,  ///< the bytes of `picture` come next: see picture()
        kEnd,      ///< `bytes` is the file's last part
    };
    struct Part {
        Step step = Step::kBytes;
        std::string bytes;
        BlobId picture;
        std::int64_t picture_bytes = 0;
    };
    /// The next part. Not after kEnd, nor before picture() has answered for a kPicture.
    Part next();
    /// The head of the picture that next() has named, as the file's next part. If it was found, its
    /// bytes follow; else it is lost.
    std::string picture(bool found);

  private:
    store::MemoryState rows_;
    store::RowPlace place_;
    bool begun_ = false;
    std::int64_t row_records_ = 0;
    std::deque<std::pair<BlobId, std::int64_t>> pictures_;
};

}  // namespace kumquat::world
