// What every blob store keeps: whole files or none, and what was published stays.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "contract/blob_home.h"
#include "contract/store_home.h"

namespace kumquat::store {
namespace {

using Writer = std::unique_ptr<BlobStore::Writer>;
using Reader = std::shared_ptr<BlobStore::Reader>;

/// A call of the blob store is on this thread's stack.
thread_local bool calling = false;

BlobId blob_id(char digit) {
    return BlobId::parse(std::string(32, digit)).value();
}

ErrorCode code_of(const Status& status) {
    return status ? ErrorCode{} : status.error().code;
}

class BlobContract : public testing::Test {
  protected:
    void SetUp() override {
        home_ = make_blob_home();
        store_ = home_->open(executor_);
        ASSERT_NE(store_, nullptr);
    }
    /// Readers and writers that are left may outlive the store, and are of no use any more.
    void reopen() {
        store_.reset();
        executor_.run_posted();
        store_ = home_->open(executor_);
        ASSERT_NE(store_, nullptr);
    }

    // Each waits for the callback.
    Result<Writer> create(const BlobId& id) {
        return wait<Result<Writer>>([&](auto done) { store_->create(id, done); });
    }
    Result<Reader> open(const BlobId& id) {
        return wait<Result<Reader>>([&](auto done) { store_->open(id, done); });
    }
    Status remove(const BlobId& id) {
        return wait<Status>([&](auto done) { store_->remove(id, done); });
    }
    Status append(const Writer& writer, const std::string& bytes) {
        return wait<Status>([&](auto done) { writer->append(bytes, done); });
    }
    Status seal(const Writer& writer) {
        return wait<Status>([&](auto done) { writer->seal(done); });
    }
    Status publish(const Writer& writer) {
        return wait<Status>([&](auto done) { writer->publish(done); });
    }
    std::string read(const Reader& reader, std::int64_t offset, std::size_t bytes) {
        return wait<Result<std::string>>([&](auto done) { reader->read(offset, bytes, done); })
            .value();
    }

    ErrorCode open_error(const BlobId& id) {
        const auto reader = open(id);
        return reader ? ErrorCode{} : reader.error().code;
    }
    void store(const BlobId& id, const std::vector<std::string>& pieces) {
        const Writer writer = create(id).value();
        for (const std::string& piece : pieces)
            ASSERT_TRUE(append(writer, piece));
        ASSERT_TRUE(seal(writer));
        ASSERT_TRUE(publish(writer));
    }
    std::string stored(const BlobId& id) {
        const Reader reader = open(id).value();
        return read(reader, 0, static_cast<std::size_t>(reader->size()) + 1);
    }

    TestExecutor executor_;
    std::unique_ptr<BlobHome> home_;
    std::unique_ptr<BlobStore> store_;

  private:
    template <typename T, typename Call>
    T wait(Call call) {
        // Shared: a thread of the store's may hold it a little longer than the test does.
        const auto result = std::make_shared<std::optional<T>>();
        calling = true;
        call([this, result](T done) {
            EXPECT_FALSE(calling) << "called back on the caller's stack";
            const auto carried = std::make_shared<T>(std::move(done));
            executor_.post([result, carried] {
                EXPECT_FALSE(result->has_value()) << "called back twice";
                result->emplace(std::move(*carried));
            });
        });
        calling = false;
        executor_.run_until([&] { return result->has_value(); });
        return *std::move(*result);
    }
};

std::string every_byte() {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte)
        bytes += static_cast<char>(byte);
    return bytes;
}

TEST_F(BlobContract, BytesComeBackAsTheyWereWritten) {
    store(blob_id('a'), {every_byte(), "", "x", every_byte()});
    const std::string all = every_byte() + "x" + every_byte();
    const Reader reader = open(blob_id('a')).value();
    EXPECT_EQ(reader->size(), 513);
    EXPECT_EQ(read(reader, 0, 513), all);
    EXPECT_EQ(read(reader, 255, 3), all.substr(255, 3));
    EXPECT_EQ(read(reader, 500, 100), all.substr(500)) << "fewer where the blob ends";
    EXPECT_EQ(read(reader, 513, 1), "");
    EXPECT_EQ(read(reader, 0, 0), "");
}

TEST_F(BlobContract, NobodyCanReadItBeforeItIsPublished) {
    const Writer writer = create(blob_id('a')).value();
    EXPECT_EQ(open_error(blob_id('a')), ErrorCode::kUnknownPicture);
    ASSERT_TRUE(append(writer, "bytes"));
    EXPECT_EQ(open_error(blob_id('a')), ErrorCode::kUnknownPicture);
    ASSERT_TRUE(seal(writer));
    EXPECT_EQ(open_error(blob_id('a')), ErrorCode::kUnknownPicture);
    ASSERT_TRUE(publish(writer));
    EXPECT_EQ(stored(blob_id('a')), "bytes");
}

TEST_F(BlobContract, WhatWasPublishedSurvivesAndWhatWasNotIsGone) {
    store(blob_id('a'), {"kept"});
    Writer sealed = create(blob_id('b')).value();
    ASSERT_TRUE(append(sealed, "lost"));
    ASSERT_TRUE(seal(sealed));
    Writer begun = create(blob_id('c')).value();
    ASSERT_TRUE(append(begun, "lost"));
    reopen();
    EXPECT_EQ(stored(blob_id('a')), "kept");
    EXPECT_EQ(open_error(blob_id('b')), ErrorCode::kUnknownPicture);
    EXPECT_EQ(open_error(blob_id('c')), ErrorCode::kUnknownPicture);
    sealed.reset();
    begun.reset();
    store(blob_id('b'), {"anew"});
    EXPECT_EQ(stored(blob_id('b')), "anew");
}

TEST_F(BlobContract, AWriterThatGoesLeavesNothing) {
    {
        const Writer writer = create(blob_id('a')).value();
        ASSERT_TRUE(append(writer, "cut"));
    }
    EXPECT_EQ(open_error(blob_id('a')), ErrorCode::kUnknownPicture);
    reopen();
    store(blob_id('a'), {"anew"});
    EXPECT_EQ(stored(blob_id('a')), "anew");
}

TEST_F(BlobContract, AnIdIsGivenOnce) {
    store(blob_id('a'), {"first"});
    const auto second = create(blob_id('a'));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::kStorageFailed);
    EXPECT_EQ(stored(blob_id('a')), "first");
}

TEST_F(BlobContract, RemovedIsUnknownAndRemovingTwiceIsFine) {
    store(blob_id('a'), {"a"});
    store(blob_id('b'), {"b"});
    EXPECT_EQ(code_of(remove(blob_id('a'))), ErrorCode{});
    EXPECT_EQ(open_error(blob_id('a')), ErrorCode::kUnknownPicture);
    EXPECT_EQ(code_of(remove(blob_id('a'))), ErrorCode{});
    EXPECT_EQ(stored(blob_id('b')), "b");
    reopen();
    EXPECT_EQ(open_error(blob_id('a')), ErrorCode::kUnknownPicture);
}

TEST_F(BlobContract, AReaderReadsToTheEndOfWhatIsRemoved) {
    store(blob_id('a'), {"first ", "second"});
    const Reader reader = open(blob_id('a')).value();
    EXPECT_EQ(read(reader, 0, 6), "first ");
    ASSERT_TRUE(remove(blob_id('a')));
    EXPECT_EQ(read(reader, 6, 100), "second");
    EXPECT_EQ(reader->size(), 12);
}

TEST_F(BlobContract, WritersSideBySideDoNotMix) {
    constexpr int kWriters = 16;
    std::vector<Writer> writers;
    for (int i = 0; i < kWriters; ++i)
        writers.push_back(create(blob_id("0123456789abcdef"[i])).value());
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < kWriters; ++i)
            ASSERT_TRUE(append(writers[static_cast<std::size_t>(i)], std::to_string(i) + " "));
    }
    for (const Writer& writer : writers) {
        ASSERT_TRUE(seal(writer));
        ASSERT_TRUE(publish(writer));
    }
    for (int i = 0; i < kWriters; ++i) {
        const std::string word = std::to_string(i) + " ";
        EXPECT_EQ(stored(blob_id("0123456789abcdef"[i])), word + word + word);
    }
}

}  // namespace
}  // namespace kumquat::store
