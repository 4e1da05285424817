#include "store/sqlite/data_directory.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kumquat::store {
namespace {

// A lock file of its own rather than SQLite's exclusive mode: it guards the pictures as well,
// leaves the database open to a backup by the sqlite3 tool, and a lock by flock() cannot outlive
// its process.
constexpr const char* kLockName = "/lock";

Error io_error(const std::string& path, const char* doing) {
    return Error{ErrorCode::kIo, path + ": " + doing + ": " + std::strerror(errno)};
}

// Makes the directory and what is missing above it.
Status make_directories(const std::string& path) {
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
        const std::string part = path.substr(0, end);
        if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) {
            // Parts that are there may be closed to us; what matters is the last one.
            const int reason = errno;
            struct stat found {};
            if (::stat(part.c_str(), &found) != 0) {
                errno = reason;
                return io_error(part, "cannot make the data directory");
            }
        }
        if (end == std::string::npos) return {};
    }
}

}  // namespace

Result<DataDirectory> DataDirectory::open(const std::string& path) {
    if (path.empty()) return Error{ErrorCode::kIo, "the data directory has no name"};
    KUMQUAT_TRY(make_directories(path));
    const int lock = ::open((path + kLockName).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return io_error(path, "cannot write to the data directory");
    DataDirectory directory(path, lock);
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) {
            return Error{ErrorCode::kDataInUse,
                         path + ": another process is working on this data directory"};
        }
        return io_error(path, "cannot lock the data directory");
    }
    return directory;
}

DataDirectory::~DataDirectory() {
    if (lock_ >= 0) ::close(lock_);
}

Result<std::string> DataDirectory::ensure_file(const std::string& name) {
    std::string path = path_ + "/" + name;
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return io_error(path, "cannot write");
    ::close(file);
    return path;
}

Status DataDirectory::sync() {
    const int directory = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return io_error(path_, "cannot open the data directory");
    const int failed = ::fsync(directory);
    const int reason = errno;
    ::close(directory);
    errno = reason;
    if (failed != 0) return io_error(path_, "cannot sync the data directory");
    return {};
}

}  // namespace kumquat::store
