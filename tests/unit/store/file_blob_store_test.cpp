// What the blob contract cannot see: the files themselves, and folders that cannot be used.
#include "store/files/file_blob_store.h"

#include <filesystem>
#include <fstream>
#include <future>
#include <sys/stat.h>

#include <gtest/gtest.h>

#include "contract/temporary_directory.h"

namespace kumquat::store {
namespace {

const BlobId kId = *BlobId::parse("0123456789abcdef0123456789abcdef");

struct FileBlobs : testing::Test {
    std::string folder() const { return directory.path() + "/pictures"; }
    std::unique_ptr<FileBlobStore> open() {
        return FileBlobStore::open(FileBlobOptions{folder()}).value();
    }
    std::string incoming() const { return folder() + "/incoming/" + kId.text(); }
    std::string home() const { return folder() + "/01/" + kId.text(); }

    TemporaryDirectory directory;
};

std::unique_ptr<BlobStore::Writer> create(BlobStore& store) {
    std::promise<std::unique_ptr<BlobStore::Writer>> made;
    store.create(kId, [&](auto writer) { made.set_value(*std::move(writer)); });
    return made.get_future().get();
}

template <typename Call>
Status wait(Call call) {
    std::promise<Status> status;
    call([&](Status done) { status.set_value(std::move(done)); });
    return status.get_future().get();
}

TEST_F(FileBlobs, LieInAFolderNamedByTheirIdForTheirOwnerAlone) {
    const auto store = open();
    const auto writer = create(*store);
    EXPECT_TRUE(std::filesystem::exists(incoming()));
    ASSERT_TRUE(wait([&](auto done) { writer->append("bytes", done); }));
    ASSERT_TRUE(wait([&](auto done) { writer->seal(done); }));
    ASSERT_TRUE(wait([&](auto done) { writer->publish(done); }));
    EXPECT_FALSE(std::filesystem::exists(incoming()));
    struct stat found {};
    ASSERT_EQ(::stat(home().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0600U);
    ASSERT_EQ(::stat(folder().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0700U);
}

TEST_F(FileBlobs, NothingIsLeftOfAWriterThatGoes) {
    const auto store = open();
    auto writer = create(*store);
    ASSERT_TRUE(wait([&](auto done) { writer->append("cut", done); }));
    ASSERT_TRUE(std::filesystem::exists(incoming()));
    writer.reset();
    store->close();
    EXPECT_FALSE(std::filesystem::exists(incoming()));
}

TEST_F(FileBlobs, OpeningClearsWhatACrashHasLeft) {
    open()->close();
    std::ofstream(incoming()) << "half a pict";
    open()->close();
    EXPECT_FALSE(std::filesystem::exists(incoming()));
}

TEST_F(FileBlobs, AFolderThatIsNoneIsNamed) {
    std::ofstream(folder()) << "a file";
    const auto store = FileBlobStore::open(FileBlobOptions{folder()});
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, ErrorCode::kIo);
    EXPECT_NE(store.error().context.find(folder()), std::string::npos) << store.error().context;
}

}  // namespace
}  // namespace kumquat::store
