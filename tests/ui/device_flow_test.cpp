// The page that was put on the web without a server: what it says about that, and what one can do
// with all that this browser keeps.
#include <gtest/gtest.h>

#include "page.h"

namespace kumquat::uitest {
namespace {

using platform::LocalAct;

struct DevicePage : Page {
    explicit DevicePage(const std::string& language = "en") : Page(1280, 800, language) {
        world.environment.settings["mode"] = "local";
        world.local.is_running = true;
    }
};

TEST(OnDevice, TheLoginSaysWhereItRunsAndNamesNoServer) {
    DevicePage page;
    page.start();
    EXPECT_NE(page.find_prefix(Role::kStatus, "Running on this device. No server"), nullptr)
        << page.words();
    EXPECT_EQ(page.words().find("chat.example"), std::string::npos);
}

TEST(OnDevice, APageWithAServerOffersNothingOfIt) {
    Page page;
    page.sign_in("ann");
    EXPECT_FALSE(page.has(Role::kButton, "Open a second tab"));
    page.click(Role::kButton, "Settings (ann)");
    EXPECT_FALSE(page.has(Role::kButton, "Export data"));
}

TEST(OnDevice, ImportIsOfferedWhileNothingIsKept) {
    DevicePage page;
    page.start();
    EXPECT_FALSE(page.has(Role::kButton, "Import exported data"));
    float go = page.find(Role::kButton, "Sign in")->rect.y;
    page.world.local.is_empty = true;
    page.world.local.listener->on_local_state();
    page.run();
    EXPECT_EQ(page.find(Role::kButton, "Sign in")->rect.y, go) << "a click meets what was aimed at";
    page.click(Role::kButton, "Import exported data");
    EXPECT_EQ(page.world.local.acts, std::vector{LocalAct::kImport});
}

TEST(OnDevice, EveryOutcomeOfAnImportHasItsWords) {
    DevicePage page;
    page.start();
    auto told = [&](const Status& outcome) {
        page.world.local.listener->on_local_done(LocalAct::kImport, outcome);
        page.run();
        return page.toast();
    };
    EXPECT_EQ(told({}), "Imported. Sign in with a name from there.");
    EXPECT_EQ(told(Error{ErrorCode::kDataDamaged, ""}),
              "This file is damaged or cut short. Nothing was changed.");
    EXPECT_EQ(told(Error{ErrorCode::kDataNewer, ""}),
              "A newer version made this file. Reload the page first.");
    EXPECT_EQ(told(Error{ErrorCode::kDataNotEmpty, ""}),
              "There is data here already. Erase it before importing.");
    EXPECT_EQ(told(Error{ErrorCode::kDiskFull, ""}),
              "There is not enough storage. Nothing was changed.");
    EXPECT_EQ(told(Error{ErrorCode::kStorageFailed, ""}), "Could not import. Try again.");
}

TEST(OnDevice, WhoIsAloneOpensASecondTabWithOneClick) {
    DevicePage page;
    page.sign_in("ann");
    page.click(Role::kButton, "Open a second tab");
    EXPECT_EQ(page.world.local.tabs, std::vector<std::string>{"second=ann"});
}

TEST(OnDevice, TheSecondTabSignsItselfInAndAddsTheFirst) {
    DevicePage page;
    page.world.history.entries = {"second=ann"};
    page.start();
    page.run(300);
    const proto::SignIn* sign_in = page.service.last<proto::SignIn>();
    ASSERT_NE(sign_in, nullptr);
    EXPECT_EQ(sign_in->nick, "Mandarin");
    EXPECT_EQ(sign_in->user_id, "mandarin");
    const proto::AddFriend* add = page.service.last<proto::AddFriend>();
    ASSERT_NE(add, nullptr) << page.words();
    EXPECT_EQ(add->user_id, "ann");
    // A reload goes on with the person who is here, and adds nobody again.
    page.reload();
    page.run(300);
    EXPECT_EQ(page.service.count<proto::AddFriend>(), 1);
    EXPECT_EQ(page.service.count<proto::SignIn>(), 1);
}

TEST(OnDevice, TheSecondPersonIsNeverTheFirst) {
    DevicePage page;
    page.world.history.entries = {"second=mandarin"};
    page.start();
    page.run(300);
    ASSERT_NE(page.service.last<proto::SignIn>(), nullptr);
    EXPECT_EQ(page.service.last<proto::SignIn>()->user_id, "mandarin2");
}

TEST(OnDevice, ALinkToASecondTabMeansNothingWhereThereIsAServer) {
    Page page;
    page.world.history.entries = {"second=ann"};
    page.start();
    page.run(300);
    EXPECT_EQ(page.service.count<proto::SignIn>(), 0);
}

TEST(OnDevice, ExportIsOneClickAndErasingAsksFirst) {
    DevicePage page;
    page.sign_in("ann");
    page.click(Role::kButton, "Settings (ann)");
    page.run(400);
    page.click(Role::kButton, "Export data");
    EXPECT_EQ(page.world.local.acts, std::vector{LocalAct::kExport});
    page.click(Role::kButton, "Erase data on this device");
    page.run(400);
    EXPECT_EQ(page.world.local.acts.size(), 1U) << "nothing is erased before it was confirmed";
    page.activate(Role::kButton, "Cancel");
    page.run(400);
    EXPECT_EQ(page.world.local.acts.size(), 1U);
}

TEST(OnDevice, WithoutANetworkItConnectsAllTheSame) {
    DevicePage page;
    page.world.environment.current.online = false;
    page.sign_in("ann");
    EXPECT_TRUE(page.has(Role::kHeading, "Chats")) << page.words();
}

}  // namespace
}  // namespace kumquat::uitest
