// The directory that holds everything durable of one server: made if missing, checked for writing,
// and locked against a second server.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"

namespace kumquat::store {

/// Holds the lock as long as it lives. The system releases it when the process ends, however it
/// ends.
class DataDirectory {
  public:
    /// Errors: kIo if it cannot be made or written, kDataInUse if another process has it; both name
    /// the directory.
    static Result<DataDirectory> open(const std::string& path);
    ~DataDirectory();
    DataDirectory(DataDirectory&& other) noexcept
        : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}
    DataDirectory& operator=(DataDirectory&&) = delete;

    const std::string& path() const { return path_; }
    /// Makes `name` as an empty file if it is missing, readable by the owner alone; returns its
    /// path. Errors: kIo.
    Result<std::string> ensure_file(const std::string& name);
    /// The names in the directory are on the disk. Errors: kIo.
    Status sync();

  private:
    DataDirectory(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}

    std::string path_;
    int lock_;
};

}  // namespace kumquat::store
