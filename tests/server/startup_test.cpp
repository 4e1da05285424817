// kumquatd as an operator meets it: what it says when it cannot start, and with which code it ends.
#include <algorithm>
#include <csignal>
#include <thread>

#include <gmock/gmock.h>
#include <sqlite3.h>

#include "server/process.h"
#include "server/running_server.h"

namespace kumquat::server {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class StartupTest : public testing::Test {
  protected:
    std::vector<std::string> on(const TemporaryFolder& data, std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"--port", "0", "--data-dir", data.path().string()});
        return more;
    }
    // Ends at once with `code` and one line that begins with the program's name.
    std::string refusal(std::vector<std::string> arguments, int code,
                        std::vector<std::string> environment = {}) {
        Process process({std::move(arguments), std::move(environment), 0});
        EXPECT_EQ(process.wait(), code);
        std::string output = process.output();
        // A warning in the log may come before.
        const std::size_t start = output.find("kumquatd: ");
        EXPECT_NE(start, std::string::npos) << output;
        if (start != std::string::npos) output = output.substr(start);
        EXPECT_EQ(std::count(output.begin(), output.end(), '\n'), 1) << output;
        return output;
    }
    // Starts well, and stops when it is told to.
    void expect_runs(std::vector<std::string> arguments,
                     std::vector<std::string> environment = {}) {
        Process process({std::move(arguments), std::move(environment), 0});
        EXPECT_NE(process.wait_ready(), 0);
        process.signal(SIGTERM);
        EXPECT_EQ(process.wait(), 0) << process.output();
    }

    TemporaryFolder data_;
    TemporaryFolder other_;
};

TEST_F(StartupTest, StopsWellOnEitherSignal) {
    for (const int number : {SIGTERM, SIGINT}) {
        Process process({on(data_), {}, 0});
        ASSERT_NE(process.wait_ready(), 0);
        process.signal(number);
        EXPECT_EQ(process.wait(), 0);
        EXPECT_THAT(process.output(), HasSubstr("has stopped"));
    }
}

TEST_F(StartupTest, SaysWhereItIsAndWhereItsDataLies) {
    Process process({on(data_), {}, 0});
    const std::uint16_t port = process.wait_ready();
    EXPECT_THAT(process.output(),
                AllOf(HasSubstr("http://localhost:" + std::to_string(port)),
                      HasSubstr(data_.path().string()), HasSubstr("sign-in: name")));
    EXPECT_EQ(http_get(port, "/healthz").status, 200);
}

TEST_F(StartupTest, APortInUse) {
    Process first({on(data_), {}, 0});
    const std::string port = std::to_string(first.wait_ready());
    EXPECT_THAT(refusal({"--port", port, "--data-dir", other_.path().string()}, 1),
                AllOf(HasSubstr("--port"), HasSubstr(port), HasSubstr("in use")));
}

TEST_F(StartupTest, ADataDirectoryInUse) {
    Process first({on(data_), {}, 0});
    ASSERT_NE(first.wait_ready(), 0);
    EXPECT_THAT(
        refusal(on(data_), 1),
        AllOf(HasSubstr("--data-dir"), HasSubstr(data_.path().string()), HasSubstr("in use")));
}

TEST_F(StartupTest, ADataDirectoryOfANewerVersion) {
    expect_runs(on(data_));
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open((data_.path() / "kumquat.db").c_str(), &database), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(database, "PRAGMA user_version = 9999", nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(database);
    EXPECT_THAT(refusal(on(data_), 1), AllOf(HasSubstr("--data-dir"), HasSubstr("newer")));
}

TEST_F(StartupTest, ADataDirectoryThatIsNone) {
    data_.write("file", "x");
    EXPECT_THAT(refusal({"--port", "0", "--data-dir", (data_.path() / "file").string()}, 1),
                AllOf(HasSubstr("--data-dir"), HasSubstr("file")));
    EXPECT_THAT(refusal({"--port", "0", "--data-dir", "/proc/kumquat"}, 1),
                AllOf(HasSubstr("--data-dir"), HasSubstr("/proc/kumquat")));
}

TEST_F(StartupTest, ADatabaseThatIsNone) {
    data_.write("kumquat.db",
                "this is not a database, and long enough for one to be looked for in it" +
                    std::string(2000, 'x'));
    EXPECT_THAT(refusal(on(data_), 1), HasSubstr("--data-dir"));
}

TEST_F(StartupTest, AWrongCommandLine) {
    EXPECT_THAT(refusal({"--port", "http"}, 2),
                StartsWith("kumquatd: --port: \"http\" is not allowed; allowed is a whole number"));
    EXPECT_THAT(refusal({"--nonsense"}, 2), HasSubstr("--nonsense"));
    EXPECT_THAT(refusal(on(data_, {"--sign-in", "usersig"}), 2),
                AllOf(HasSubstr("--usersig-key-file"), HasSubstr("--sdk-app-id")));
}

TEST_F(StartupTest, NameSignInStaysOnThisMachine) {
    EXPECT_THAT(refusal(on(data_, {"--bind", "0.0.0.0"}), 2),
                AllOf(HasSubstr("--bind"), HasSubstr("0.0.0.0"),
                      HasSubstr("--allow-name-sign-in-remotely")));
    expect_runs(on(data_, {"--bind", "0.0.0.0", "--allow-name-sign-in-remotely"}));
}

TEST_F(StartupTest, ADataDirectoryRemembersItsWaysToSignIn) {
    const std::vector<std::string> key{"KUMQUAT_USERSIG_KEY=secret"};
    expect_runs(on(data_, {"--sign-in", "usersig", "--sdk-app-id", "5"}), key);
    // Without a word they stay as they were: the key is missed, names are not let in.
    EXPECT_THAT(refusal(on(data_), 2), HasSubstr("usersig needs the key"));
    EXPECT_THAT(refusal(on(data_, {"--sign-in", "name"}), 2),
                AllOf(HasSubstr("--sign-in"), HasSubstr("name"), HasSubstr("usersig"),
                      HasSubstr("--change-sign-in")));
    {
        Process process({on(data_, {"--sdk-app-id", "5"}), key, 0});
        const std::uint16_t port = process.wait_ready();
        Client client(port);
        EXPECT_EQ(client.hello().sign_in,
                  std::vector<proto::SignInMode>{proto::SignInMode::kUserSig});
        proto::SignIn sign_in;
        sign_in.user_id = "alice";
        sign_in.device = DeviceId(1);
        const auto reply = client.ask(sign_in);
        ASSERT_FALSE(reply);
        EXPECT_EQ(reply.error().code, ErrorCode::kSignInModeOff);
    }
    expect_runs(on(data_, {"--sign-in", "name", "--change-sign-in"}));
    expect_runs(on(data_, {"--sign-in", "name"}));
}

TEST_F(StartupTest, AStartThatFailsChangesNothing) {
    expect_runs(on(data_));
    refusal(on(data_, {"--sign-in", "usersig", "--change-sign-in"}), 2);
    expect_runs(on(data_));
}

TEST_F(StartupTest, ItsOwnUserSigsLetPeopleIn) {
    const std::vector<std::string> key{"KUMQUAT_USERSIG_KEY=secret"};
    Process issuer({{"usersig", "alice", "--sdk-app-id", "5"}, key, 0});
    ASSERT_EQ(issuer.wait(), 0);
    std::string token = issuer.output();
    ASSERT_FALSE(token.empty());
    token.pop_back();
    Process process({on(data_, {"--sign-in", "usersig", "--sdk-app-id", "5"}), key, 0});
    Client client(process.wait_ready());
    client.hello();
    proto::SignIn sign_in;
    sign_in.user_id = "bob";
    sign_in.user_sig = token;
    sign_in.device = DeviceId(1);
    const auto refused = client.ask(sign_in);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kUserSigOtherUser);
    sign_in.user_id = "alice";
    EXPECT_EQ(client.must<proto::SignInReply>(sign_in).me.profile.user_id.text(), "alice");
}

TEST_F(StartupTest, HelpAndVersionEndWell) {
    for (const char* option : {"--help", "--version"}) {
        Process process({{option}, {}, 0});
        EXPECT_EQ(process.wait(), 0);
        EXPECT_THAT(process.output(), HasSubstr("kumquatd"));
    }
}

TEST_F(StartupTest, RunningOutOfDescriptorsPasses) {
    Process process({on(data_), {}, 64});
    const std::uint16_t port = process.wait_ready();
    {
        std::vector<std::unique_ptr<RawClient>> crowd;
        for (int i = 0; i < 80; ++i)
            crowd.push_back(std::make_unique<RawClient>(port));
        const auto deadline = std::chrono::steady_clock::now() + kPatience;
        while (process.output().find("cannot accept") == std::string::npos) {
            ASSERT_LT(std::chrono::steady_clock::now(), deadline);
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }
    EXPECT_EQ(http_get(port, "/healthz").status, 200);
}

}  // namespace
}  // namespace kumquat::server
