#include "store/sqlite/data_directory.h"

#include <fstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "contract/temporary_directory.h"

namespace kumquat::store {
namespace {

// Root may write everywhere; the tests are about people who may not.
void become_nobody() {
    constexpr uid_t kNobody = 65534;
    if (::geteuid() == 0) KUMQUAT_CHECK(::setgid(kNobody) == 0 && ::setuid(kNobody) == 0);
}

enum class As { kOneself, kNobody };
// What another process is told that opens `path`: an ErrorCode, or 0.
int open_in_another_process(const std::string& path, As user = As::kOneself) {
    int answer[2];
    KUMQUAT_CHECK(::pipe(answer) == 0);
    const pid_t child = ::fork();
    KUMQUAT_CHECK(child >= 0);
    if (child == 0) {
        if (user == As::kNobody) become_nobody();
        const auto opened = DataDirectory::open(path);
        const int code = opened ? 0 : static_cast<int>(opened.error().code);
        const bool told = ::write(answer[1], &code, sizeof code) == sizeof code;
        ::_exit(told ? 0 : 1);
    }
    ::close(answer[1]);
    int code = -1;
    EXPECT_EQ(::read(answer[0], &code, sizeof code), static_cast<ssize_t>(sizeof code));
    ::close(answer[0]);
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return code;
}

TEST(DataDirectory, IsMadeWithWhatIsAboveItForItsOwnerAlone) {
    const TemporaryDirectory temporary;
    const std::string path = temporary.path() + "/a/b";
    auto directory = DataDirectory::open(path);
    ASSERT_TRUE(directory);
    const std::string file = directory->ensure_file("f").value();
    EXPECT_EQ(file, path + "/f");
    struct stat found {};
    ASSERT_EQ(::stat(path.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0700U);
    ASSERT_EQ(::stat(file.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U);
    EXPECT_TRUE(directory->sync());
}

TEST(DataDirectory, MayEndWithASlash) {
    const TemporaryDirectory temporary;
    EXPECT_TRUE(DataDirectory::open(temporary.path() + "/a/"));
}

TEST(DataDirectory, IsRefusedWhileItIsInUse) {
    const TemporaryDirectory temporary;
    {
        const auto first = DataDirectory::open(temporary.path());
        ASSERT_TRUE(first);
        const auto second = DataDirectory::open(temporary.path());
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code, ErrorCode::kDataInUse);
        EXPECT_NE(second.error().context.find(temporary.path()), std::string::npos);
        EXPECT_EQ(open_in_another_process(temporary.path()),
                  static_cast<int>(ErrorCode::kDataInUse));
    }
    EXPECT_EQ(open_in_another_process(temporary.path()), 0);
    EXPECT_TRUE(DataDirectory::open(temporary.path())) << "left behind by a process that has ended";
}

TEST(DataDirectory, IsRefusedWhereItCannotBe) {
    const TemporaryDirectory temporary;
    const std::string file = temporary.path() + "/file";
    std::ofstream(file).close();
    for (const std::string& path : {file, file + "/below", std::string("/proc/kumquat/data")}) {
        const auto opened = DataDirectory::open(path);
        ASSERT_FALSE(opened) << path;
        EXPECT_EQ(opened.error().code, ErrorCode::kIo) << path;
        EXPECT_NE(opened.error().context.find(path.substr(0, path.rfind('/'))), std::string::npos)
            << opened.error().context;
    }
    EXPECT_EQ(DataDirectory::open("").error().code, ErrorCode::kIo);
}

TEST(DataDirectory, IsRefusedWhereNothingCanBeWritten) {
    const TemporaryDirectory temporary;
    ASSERT_EQ(::chmod(temporary.path().c_str(), 0555), 0);
    EXPECT_EQ(open_in_another_process(temporary.path(), As::kNobody),
              static_cast<int>(ErrorCode::kIo));
    EXPECT_EQ(open_in_another_process(temporary.path() + "/data", As::kNobody),
              static_cast<int>(ErrorCode::kIo));
    ASSERT_EQ(::chmod(temporary.path().c_str(), 0700), 0);
}

}  // namespace
}  // namespace kumquat::store
