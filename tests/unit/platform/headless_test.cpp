#include "platform/headless/headless.h"

#include <gtest/gtest.h>

namespace kumquat::platform::headless {
namespace {

TEST(Headless, TransportIsScripted) {
    class Log : public Transport::Listener {
      public:
        void on_open() override { events += "open "; }
        void on_text(std::string_view text) override { events += std::string(text) + " "; }
        void on_close(int code, std::string_view) override { events += std::to_string(code); }
        std::string events;
    };
    HeadlessPlatform world;
    Log log;
    EXPECT_FALSE(world.transport.send("early"));
    world.transport.open("ws://x/", &log);
    EXPECT_FALSE(world.transport.send("early"));
    world.transport.accept();
    EXPECT_TRUE(world.transport.send("a"));
    EXPECT_FALSE(world.transport.send(std::string_view("a\0b", 3)));
    world.transport.receive("b");
    world.transport.drop(4401);
    world.transport.drop();
    EXPECT_EQ(log.events, "open b 4401");
    EXPECT_EQ(world.transport.sent, (std::vector<std::string>{"a"}));
}

TEST(Headless, StorageAnswersLaterAndInOrder) {
    HeadlessPlatform world;
    std::string events;
    world.storage.apply("ann", {{RecordKind::kOutbox, "2", "b"}, {RecordKind::kOutbox, "1", "a"}},
                        [&](Status) { events += "w"; });
    world.storage.load("ann", RecordKind::kOutbox, [&](Result<std::vector<Record>> records) {
        for (const Record& record : *records)
            events += record.key + record.value;
    });
    EXPECT_EQ(events, "");
    world.run_ms(1);
    EXPECT_EQ(events, "w1a2b");
    world.storage.fail_writes = true;
    world.storage.apply("ann", {{RecordKind::kOutbox, "1", std::nullopt}},
                        [&](Status status) { events = status ? "ok" : "full"; });
    world.run_ms(1);
    EXPECT_EQ(events, "full");
    EXPECT_EQ(world.storage.records.at({"ann", RecordKind::kOutbox}).size(), 2u);
}

TEST(Headless, AMirrorNodeIsFoundByRoleAndName) {
    HeadlessPlatform world;
    MirrorNode button;
    button.key = "send";
    button.role = Role::kButton;
    button.name = "Send";
    MirrorNode hidden = button;
    hidden.key = "hidden";
    hidden.name = "Hidden";
    hidden.inert = true;
    world.mirror.focus("send");
    EXPECT_EQ(world.mirror.focused(), "");
    world.mirror.update({button, hidden});
    EXPECT_EQ(world.mirror.focused(), "send");
    EXPECT_NE(world.mirror.find(Role::kButton, "Send"), nullptr);
    EXPECT_EQ(world.mirror.find(Role::kButton, "Hidden"), nullptr);
}

TEST(Headless, DatesAreUtc) {
    UtcDates dates;
    // 2026-09-21 (a Monday) 13:33:20.
    TimeMs time(1'789'997'600'000);
    EXPECT_EQ(dates.format(time, DateForm::kTime, "en"), "13:33");
    EXPECT_EQ(dates.format(time, DateForm::kFullDate, "en"), "2026-09-21");
    EXPECT_EQ(dates.format(time, DateForm::kWeekday, "en"), "Mon");
    EXPECT_EQ(dates.year(time), 2026);
    EXPECT_EQ(dates.day_number(dates.next_midnight(time)), dates.day_number(time) + 1);
}

}  // namespace
}  // namespace kumquat::platform::headless
