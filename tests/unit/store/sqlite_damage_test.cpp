// Files that are damaged or not ours: a clear error at the start, and never more than errors later.
#include <fstream>
#include <random>
#include <sstream>

#include "unit/store/sqlite_fixture.h"

namespace kumquat::store {
namespace {

class SqliteDamageTest : public SqliteFixture {
  protected:
    // A closed store with some content; its file in `original_`.
    void SetUp() override {
        ASSERT_TRUE(open());
        open_people();
        ASSERT_TRUE(send(100, 300));
        ASSERT_TRUE(send(3, 12'000));
        close();
        original_ = read_file(database_path());
        ASSERT_GT(original_.size(), 10U * 4096U);
    }

    static std::string read_file(const std::string& path) {
        std::ostringstream text;
        text << std::ifstream(path, std::ios::binary).rdbuf();
        return text.str();
    }
    void write_database(const std::string& bytes) {
        std::ofstream(database_path(), std::ios::binary | std::ios::trunc) << bytes;
    }
    void expect_refused() {
        const Status status = open();
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().code, ErrorCode::kIo) << status.error().context;
        EXPECT_NE(status.error().context.find(database_path()), std::string::npos)
            << status.error().context;
    }

    std::string original_;
};

TEST_F(SqliteDamageTest, UndamagedFileIsAccepted) {
    write_database(original_);
    ASSERT_TRUE(open());
    EXPECT_EQ(read_everything(), 0);
    EXPECT_EQ(history()->messages.size(), 103U);
}

TEST_F(SqliteDamageTest, TextInPlaceOfTheDatabase) {
    write_database("Dear diary, today I met a database.\n" + std::string(5000, '.'));
    expect_refused();
}

TEST_F(SqliteDamageTest, DamagedHeader) {
    std::string bytes = original_;
    bytes[0] = 'X';
    write_database(bytes);
    expect_refused();
}

TEST_F(SqliteDamageTest, FileCutShort) {
    write_database(original_.substr(0, original_.size() / 2));
    expect_refused();
    write_database(original_.substr(0, 100));
    expect_refused();
}

TEST_F(SqliteDamageTest, PageOverwritten) {
    for (const std::size_t page : {std::size_t{0}, std::size_t{5}, original_.size() / 4096 - 1}) {
        SCOPED_TRACE(page);
        std::string bytes = original_;
        const std::size_t from = page == 0 ? 100 : page * 4096;
        for (std::size_t i = from; i < (page + 1) * 4096; ++i)
            bytes[i] = '\xa5';
        write_database(bytes);
        expect_refused();
    }
}

TEST_F(SqliteDamageTest, GarbageInPlaceOfTheLogIsIgnored) {
    std::ofstream(database_path() + "-wal", std::ios::binary) << std::string(50'000, '\xa5');
    ASSERT_TRUE(open());
    EXPECT_EQ(history()->messages.size(), 103U);
}

// Bytes changed at random: refused at the start, or found by a check only when it is met; never a
// crash.
TEST_F(SqliteDamageTest, BytesChangedAtRandomNeverCrash) {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        std::string bytes = original_;
        const auto changes = 1 + random() % 40;
        for (auto i = changes; i > 0; --i) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        write_database(bytes);
        const Status status = open();
        if (!status) {
            EXPECT_NE(status.error().context.find(options_.data_dir), std::string::npos);
            continue;
        }
        read_everything();
        static_cast<void>(send(3).has_value());
        close();
    }
}

}  // namespace
}  // namespace kumquat::store
