// A disk that is full, as far as this process can tell.
#pragma once

#include <csignal>
#include <sys/resource.h>

#include "base/check.h"

namespace kumquat::store {

/// Lets no file of this process grow beyond a size, as long as it lives.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) {
        old_handler_ = std::signal(SIGXFSZ, SIG_IGN);
        KUMQUAT_CHECK(::getrlimit(RLIMIT_FSIZE, &old_) == 0);
        const rlimit limit{bytes, old_.rlim_max};
        KUMQUAT_CHECK(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    }
    ~FileSizeLimit() {
        KUMQUAT_CHECK(::setrlimit(RLIMIT_FSIZE, &old_) == 0);
        std::signal(SIGXFSZ, old_handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit old_{};
    void (*old_handler_)(int) = SIG_DFL;
};

}  // namespace kumquat::store
