#include "server/config.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kumquat::server {
namespace {

namespace fs = std::filesystem;
using proto::SignInMode;
using testing::AllOf;
using testing::HasSubstr;

class ConfigTest : public testing::Test {
  protected:
    ConfigTest() {
        std::string pattern = (fs::temp_directory_path() / "kumquat-config-XXXXXX").string();
        folder_ = mkdtemp(pattern.data());
        setenv("HOME", "/home/somebody", 1);
        unsetenv("XDG_DATA_HOME");
        unsetenv("KUMQUAT_USERSIG_KEY");
    }
    ~ConfigTest() override { fs::remove_all(folder_); }

    Result<CommandLine> read(std::vector<const char*> arguments) {
        arguments.insert(arguments.begin(), "kumquatd");
        arguments.push_back(nullptr);
        return read_command_line(static_cast<int>(arguments.size()) - 1, arguments.data());
    }
    std::string refusal(std::vector<const char*> arguments) {
        const auto line = read(std::move(arguments));
        if (line) return "accepted";
        EXPECT_EQ(line.error().code, ErrorCode::kInvalidArgument);
        return line.error().context;
    }

    fs::path folder_;
};

TEST_F(ConfigTest, DefaultsAreForOneMachine) {
    const auto line = read({});
    ASSERT_TRUE(line);
    EXPECT_EQ(line->config.bind, "127.0.0.1");
    EXPECT_EQ(line->config.port, 8080);
    EXPECT_EQ(line->config.data_dir, "/home/somebody/.local/share/kumquat");
    EXPECT_TRUE(line->config.sign_in.empty());
    EXPECT_FALSE(line->config.user_sig);
    EXPECT_TRUE(line->print.empty());
}

TEST_F(ConfigTest, DataGoesWhereTheDesktopSays) {
    setenv("XDG_DATA_HOME", "/data", 1);
    EXPECT_EQ(read({})->config.data_dir, "/data/kumquat");
    EXPECT_EQ(read({"--data-dir", "x"})->config.data_dir, "x");
}

TEST_F(ConfigTest, WithoutAHomeAFolderMustBeNamed) {
    unsetenv("HOME");
    EXPECT_THAT(refusal({}), HasSubstr("--data-dir"));
}

TEST_F(ConfigTest, ReadsEverything) {
    std::ofstream(folder_ / "key") << "secret\n";
    std::ofstream(folder_ / "index.html") << "x";
    const std::string key = (folder_ / "key").string();
    const std::string page = folder_.string();
    const auto line = read({"--port=9000",
                            "--bind",
                            "0.0.0.0",
                            "--sign-in",
                            "usersig,name",
                            "--change-sign-in",
                            "--sdk-app-id",
                            "1400000000",
                            "--usersig-key-file",
                            key.c_str(),
                            "--page-dir",
                            page.c_str(),
                            "--host-name",
                            "chat.example.org",
                            "--host-name",
                            "b.example:1",
                            "--allow-origin",
                            "https://c.example",
                            "--public-metrics",
                            "--log-level",
                            "debug",
                            "--threads",
                            "3",
                            "--max-connections",
                            "5",
                            "--allow-name-sign-in-remotely"});
    ASSERT_TRUE(line) << line.error().context;
    const Config& config = line->config;
    EXPECT_EQ(config.port, 9000);
    EXPECT_EQ(config.sign_in, (std::vector<SignInMode>{SignInMode::kName, SignInMode::kUserSig}));
    EXPECT_TRUE(config.change_sign_in);
    ASSERT_TRUE(config.user_sig);
    EXPECT_EQ(config.user_sig->sdk_app_id(), 1400000000);
    EXPECT_EQ(config.user_sig->secret(), "secret");
    EXPECT_EQ(config.page_dir, page);
    ASSERT_EQ(config.host_names.size(), 2U);
    EXPECT_EQ(config.host_names[1], (Authority{"b.example", 1}));
    EXPECT_EQ(config.allow_origins.size(), 1U);
    EXPECT_EQ(config.connections_max, 5U);
    EXPECT_TRUE(config.allow_name_sign_in_remotely);
}

TEST_F(ConfigTest, TheKeyMayComeFromTheEnvironment) {
    setenv("KUMQUAT_USERSIG_KEY", "abc", 1);
    const auto line = read({"--sdk-app-id", "5"});
    ASSERT_TRUE(line);
    EXPECT_EQ(line->config.user_sig->secret(), "abc");
}

// Option, value, and what is allowed.
TEST_F(ConfigTest, ARefusalNamesOptionValueAndWhatIsAllowed) {
    for (const char* port : {"http", "-1", "65536", "80 ", "0x50", "99999999999999999999"}) {
        EXPECT_THAT(refusal({"--port", port}),
                    AllOf(HasSubstr("--port"), HasSubstr(port), HasSubstr("0 to 65535")));
    }
    EXPECT_THAT(refusal({"--bind", "example.org"}),
                AllOf(HasSubstr("--bind"), HasSubstr("example.org"), HasSubstr("address")));
    EXPECT_THAT(
        refusal({"--sign-in", "name,password"}),
        AllOf(HasSubstr("--sign-in"), HasSubstr("name,password"), HasSubstr("name,usersig")));
    EXPECT_THAT(refusal({"--log-level", "loud"}),
                AllOf(HasSubstr("--log-level"), HasSubstr("loud"), HasSubstr("debug")));
    EXPECT_THAT(refusal({"--page-dir", "/nowhere"}),
                AllOf(HasSubstr("--page-dir"), HasSubstr("/nowhere"), HasSubstr("index.html")));
    EXPECT_THAT(refusal({"--host-name", "a b"}),
                AllOf(HasSubstr("--host-name"), HasSubstr("a b"), HasSubstr("NAME:PORT")));
    EXPECT_THAT(refusal({"--allow-origin", "c.example"}),
                AllOf(HasSubstr("--allow-origin"), HasSubstr("c.example"), HasSubstr("https://")));
    EXPECT_THAT(refusal({"--threads", "many"}), AllOf(HasSubstr("--threads"), HasSubstr("many")));
    EXPECT_THAT(refusal({"--max-connections", "0"}),
                AllOf(HasSubstr("--max-connections"), HasSubstr("1 to")));
    EXPECT_THAT(refusal({"--usersig-key-file", "/nowhere"}),
                AllOf(HasSubstr("--usersig-key-file"), HasSubstr("/nowhere")));
    EXPECT_THAT(refusal({"--sdk-app-id", "5"}), HasSubstr("--usersig-key-file"));
    EXPECT_THAT(refusal({"--change-sign-in"}), HasSubstr("--sign-in"));
    EXPECT_THAT(refusal({"--no-such"}), AllOf(HasSubstr("--no-such"), HasSubstr("--help")));
    EXPECT_THAT(refusal({"--port"}), HasSubstr("--port"));
    EXPECT_THAT(refusal({"surplus"}), HasSubstr("surplus"));
}

TEST_F(ConfigTest, TheKeyIsNeverAnArgument) {
    EXPECT_THAT(refusal({"--usersig-key", "secret"}), HasSubstr("--usersig-key"));
}

TEST_F(ConfigTest, HelpNamesEveryOption) {
    const auto line = read({"--help"});
    ASSERT_TRUE(line);
    for (const char* option :
         {"--port", "--bind", "--data-dir", "--sign-in", "--change-sign-in",
          "--allow-name-sign-in-remotely", "--sdk-app-id", "--usersig-key-file", "--page-dir",
          "--host-name", "--allow-origin", "--public-metrics", "--log-level", "--threads",
          "--max-connections", "--version", "usersig", "KUMQUAT_USERSIG_KEY"}) {
        EXPECT_THAT(line->print, HasSubstr(option));
    }
}

TEST_F(ConfigTest, UserSigTakesItsKeyFromTheSamePlaces) {
    setenv("KUMQUAT_USERSIG_KEY", "abc", 1);
    const auto line = read({"usersig", "alice", "--sdk-app-id", "7", "--expire-s", "60"});
    ASSERT_TRUE(line) << line.error().context;
    ASSERT_TRUE(line->user_sig);
    EXPECT_EQ(line->user_sig->user.text(), "alice");
    EXPECT_EQ(line->user_sig->expire_seconds, 60);
    EXPECT_EQ(line->user_sig->key.sdk_app_id(), 7);
    EXPECT_TRUE(read({"--sdk-app-id", "7", "usersig", "alice"})->user_sig);
    EXPECT_THAT(refusal({"usersig", "alice", "--sdk-app-id", "7", "--expire-s", "0"}),
                HasSubstr("--expire-s"));
    EXPECT_THAT(refusal({"usersig", "\xe4\xb8\xad", "--sdk-app-id", "7"}), HasSubstr("USER"));
    EXPECT_THAT(refusal({"usersig"}), HasSubstr("USER"));
    unsetenv("KUMQUAT_USERSIG_KEY");
    EXPECT_THAT(refusal({"usersig", "alice"}), HasSubstr("--usersig-key-file"));
}

TEST(NameSignIn, StaysOnThisMachineUnlessToldOtherwise) {
    const std::vector<SignInMode> by_name{SignInMode::kName};
    const std::vector<SignInMode> by_sig{SignInMode::kUserSig};
    Config config;
    EXPECT_TRUE(check_name_sign_in(config, by_name));
    config.bind = "::1";
    EXPECT_TRUE(check_name_sign_in(config, by_name));
    config.bind = "127.1.2.3";
    EXPECT_TRUE(check_name_sign_in(config, by_name));
    for (const char* bind : {"0.0.0.0", "::", "192.168.1.5", "fe80::1"}) {
        config.bind = bind;
        EXPECT_FALSE(check_name_sign_in(config, by_name)) << bind;
        EXPECT_FALSE(check_name_sign_in(config, {SignInMode::kName, SignInMode::kUserSig})) << bind;
        EXPECT_TRUE(check_name_sign_in(config, by_sig)) << bind;
    }
    config.allow_name_sign_in_remotely = true;
    EXPECT_TRUE(check_name_sign_in(config, by_name));
    config = Config();
    config.host_names = {Authority{"chat.example.org", 0}};
    EXPECT_FALSE(check_name_sign_in(config, by_name));
    config.host_names = {Authority{"localhost", 9090}};
    EXPECT_TRUE(check_name_sign_in(config, by_name));
}

TEST(SignInModes, TextAndBack) {
    EXPECT_EQ(sign_in_text(*parse_sign_in("usersig,name,name")), "name,usersig");
    EXPECT_EQ(sign_in_text(*parse_sign_in("name")), "name");
    for (const char* text : {"", ",", "name,", "Name", "name usersig"})
        EXPECT_FALSE(parse_sign_in(text)) << text;
}

}  // namespace
}  // namespace kumquat::server
