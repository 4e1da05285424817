#include "store/files/file_blob_store.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <string_view>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

#include <dirent.h>

#include "base/check.h"
#include "store/work_queue.h"

namespace kumquat::store {
namespace {

constexpr const char* kIncoming = "/incoming";
constexpr std::size_t kFolderDigits = 2;

bool is_disk_full(int reason) {
    // EFBIG: the process may not write files as large as this one, which is the same to its user.
    return reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
}

Error system_error(const std::string& path, const char* doing, ErrorCode otherwise) {
    const int reason = errno;
    return Error{is_disk_full(reason) ? ErrorCode::kDiskFull : otherwise,
                 path + ": " + doing + ": " + std::strerror(reason)};
}

// A file descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

  private:
    int number_;
};

Status make_folder(const std::string& path) {
    if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return {};
    return system_error(path, "cannot make the folder", ErrorCode::kIo);
}

// The names in the folder are on the disk.
Status sync_folder(const std::string& path, ErrorCode otherwise) {
    const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder) return system_error(path, "cannot open the folder", otherwise);
    if (::fsync(folder.number()) != 0)
        return system_error(path, "cannot sync the folder", otherwise);
    return {};
}

Status remove_files(const std::string& folder) {
    DIR* listing = ::opendir(folder.c_str());
    if (listing == nullptr) return system_error(folder, "cannot list the folder", ErrorCode::kIo);
    Status status;
    while (const dirent* entry = ::readdir(listing)) {
        const std::string_view name = entry->d_name;
        if (name == "." || name == "..") continue;
        const std::string path = folder + "/" + entry->d_name;
        if (::unlink(path.c_str()) != 0 && status)
            status = system_error(path, "cannot remove the file", ErrorCode::kIo);
    }
    ::closedir(listing);
    return status;
}

Status write_all(int file, const std::string& path, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return system_error(path, "cannot write", ErrorCode::kStorageFailed);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

}  // namespace

class FileBlobStore::Impl : public std::enable_shared_from_this<Impl> {
  public:
    explicit Impl(FileBlobOptions options) : options_(std::move(options)) {}
    ~Impl() { close(); }

    Status open();
    void close();
    void create(BlobId id, Callback<std::unique_ptr<Writer>> done);
    void open_blob(BlobId id, Callback<std::shared_ptr<Reader>> done);
    void remove(BlobId id, Done done);

    /// Runs `job` on a thread of the blob store; after close() never.
    void later(std::function<void()> job) { static_cast<void>(jobs_.push(std::move(job))); }

    std::string incoming_path(const BlobId& id) const {
        return options_.folder + kIncoming + "/" + id.text();
    }
    /// The folder of a published blob; its name begins the id.
    std::string home_of(const BlobId& id) const {
        return options_.folder + "/" + id.text().substr(0, kFolderDigits);
    }
    std::string path_of(const BlobId& id) const { return home_of(id) + "/" + id.text(); }
    Status ensure_home(const BlobId& id);

  private:
    class Incoming;
    class FileWriter;
    class FileReader;

    const FileBlobOptions options_;
    WorkQueue<std::function<void()>> jobs_{std::numeric_limits<std::size_t>::max()};
    std::vector<std::thread> threads_;
};

// The file of a writer. It may outlive the writer by the job under way.
class FileBlobStore::Impl::Incoming {
  public:
    Incoming(std::shared_ptr<Impl> store, BlobId id)
        : store_(std::move(store)), id_(std::move(id)), path_(store_->incoming_path(id_)) {}
    ~Incoming() {
        if (file_ && !published_) ::unlink(path_.c_str());
    }
    Incoming(const Incoming&) = delete;
    Incoming& operator=(const Incoming&) = delete;

    Status create() {
        constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
        file_ = Descriptor(::open(path_.c_str(), kFlags, 0600));
        if (!file_) return system_error(path_, "cannot make the file", ErrorCode::kStorageFailed);
        return {};
    }
    Status append(std::string_view bytes) {
        KUMQUAT_CHECK(!sealed_);
        return write_all(file_.number(), path_, bytes);
    }
    Status seal() {
        if (::fsync(file_.number()) != 0)
            return system_error(path_, "cannot sync", ErrorCode::kStorageFailed);
        sealed_ = true;
        return {};
    }
    Status publish() {
        KUMQUAT_CHECK(sealed_);
        KUMQUAT_TRY(store_->ensure_home(id_));
        const std::string home = store_->path_of(id_);
        if (::rename(path_.c_str(), home.c_str()) != 0)
            return system_error(home, "cannot rename", ErrorCode::kStorageFailed);
        published_ = true;
        const Status synced = sync_folder(store_->home_of(id_), ErrorCode::kStorageFailed);
        // Whoever is told that it failed never learns the name.
        if (!synced) ::unlink(home.c_str());
        return synced;
    }
    Impl& store() const { return *store_; }

  private:
    const std::shared_ptr<Impl> store_;
    const BlobId id_;
    const std::string path_;
    Descriptor file_;
    bool sealed_ = false;
    bool published_ = false;
};

class FileBlobStore::Impl::FileWriter final : public Writer {
  public:
    explicit FileWriter(std::shared_ptr<Incoming> file) : file_(std::move(file)) {}

    void append(std::string bytes, Done done) override {
        file_->store().later([file = file_, bytes = std::move(bytes), done = std::move(done)] {
            done(file->append(bytes));
        });
    }
    void seal(Done done) override {
        file_->store().later([file = file_, done = std::move(done)] { done(file->seal()); });
    }
    void publish(Done done) override {
        file_->store().later([file = file_, done = std::move(done)] { done(file->publish()); });
    }

  private:
    const std::shared_ptr<Incoming> file_;
};

class FileBlobStore::Impl::FileReader final : public Reader {
  public:
    FileReader(std::shared_ptr<Impl> store, std::string path, Descriptor file, std::int64_t size)
        : store_(std::move(store)),
          file_(std::make_shared<OpenFile>(OpenFile{std::move(path), std::move(file)})),
          size_(size) {}

    std::int64_t size() const override { return size_; }
    void read(std::int64_t offset, std::size_t bytes, Callback<std::string> done) override {
        store_->later([file = file_, offset, bytes, done = std::move(done)] {
            done(read_now(*file, offset, bytes));
        });
    }

  private:
    struct OpenFile {
        std::string path;
        Descriptor descriptor;
    };

    static Result<std::string> read_now(const OpenFile& file, std::int64_t offset,
                                        std::size_t bytes) {
        std::string found(bytes, '\0');
        std::size_t size = 0;
        while (size < bytes) {
            const ssize_t count =
                ::pread(file.descriptor.number(), found.data() + size, bytes - size,
                        static_cast<off_t>(offset) + static_cast<off_t>(size));
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return system_error(file.path, "cannot read", ErrorCode::kStorageFailed);
            if (count == 0) break;
            size += static_cast<std::size_t>(count);
        }
        found.resize(size);
        return found;
    }

    const std::shared_ptr<Impl> store_;
    const std::shared_ptr<const OpenFile> file_;
    const std::int64_t size_;
};

Status FileBlobStore::Impl::open() {
    KUMQUAT_TRY(make_folder(options_.folder));
    KUMQUAT_TRY(make_folder(options_.folder + kIncoming));
    KUMQUAT_TRY(remove_files(options_.folder + kIncoming));
    KUMQUAT_TRY(sync_folder(options_.folder, ErrorCode::kIo));
    for (int i = 0; i < options_.threads; ++i) {
        threads_.emplace_back([this] {
            while (auto job = jobs_.pop())
                (*job)();
        });
    }
    return {};
}

void FileBlobStore::Impl::close() {
    jobs_.close();
    for (std::thread& thread : threads_)
        thread.join();
    threads_.clear();
}

Status FileBlobStore::Impl::ensure_home(const BlobId& id) {
    const std::string home = home_of(id);
    if (::mkdir(home.c_str(), 0700) == 0)
        return sync_folder(options_.folder, ErrorCode::kStorageFailed);
    if (errno == EEXIST) return {};
    return system_error(home, "cannot make the folder", ErrorCode::kStorageFailed);
}

void FileBlobStore::Impl::create(BlobId id, Callback<std::unique_ptr<Writer>> done) {
    later([this, id = std::move(id), done = std::move(done)] {
        auto file = std::make_shared<Incoming>(shared_from_this(), id);
        if (::access(path_of(id).c_str(), F_OK) == 0)
            return done(Error{ErrorCode::kStorageFailed, path_of(id) + ": is there already"});
        if (const Status created = file->create(); !created) return done(created.error());
        done(std::unique_ptr<Writer>(std::make_unique<FileWriter>(std::move(file))));
    });
}

void FileBlobStore::Impl::open_blob(BlobId id, Callback<std::shared_ptr<Reader>> done) {
    later([this, id = std::move(id), done = std::move(done)] {
        const std::string path = path_of(id);
        Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!file && errno == ENOENT) return done(Error{ErrorCode::kUnknownPicture, id.text()});
        struct stat found {};
        if (!file || ::fstat(file.number(), &found) != 0)
            return done(system_error(path, "cannot open", ErrorCode::kStorageFailed));
        done(std::shared_ptr<Reader>(std::make_shared<FileReader>(
            shared_from_this(), path, std::move(file), static_cast<std::int64_t>(found.st_size))));
    });
}

void FileBlobStore::Impl::remove(BlobId id, Done done) {
    later([this, id = std::move(id), done = std::move(done)] {
        const std::string path = path_of(id);
        if (::unlink(path.c_str()) != 0 && errno != ENOENT)
            return done(system_error(path, "cannot remove", ErrorCode::kStorageFailed));
        done(Status());
    });
}

Result<std::unique_ptr<FileBlobStore>> FileBlobStore::open(FileBlobOptions options) {
    auto impl = std::make_shared<Impl>(std::move(options));
    KUMQUAT_TRY(impl->open());
    return std::unique_ptr<FileBlobStore>(new FileBlobStore(std::move(impl)));
}

FileBlobStore::FileBlobStore(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
FileBlobStore::~FileBlobStore() {
    close();
}

void FileBlobStore::close() {
    impl_->close();
}

void FileBlobStore::create(BlobId id, Callback<std::unique_ptr<Writer>> done) {
    impl_->create(std::move(id), std::move(done));
}

void FileBlobStore::open(BlobId id, Callback<std::shared_ptr<Reader>> done) {
    impl_->open_blob(std::move(id), std::move(done));
}

void FileBlobStore::remove(BlobId id, Done done) {
    impl_->remove(std::move(id), std::move(done));
}

}  // namespace kumquat::store
