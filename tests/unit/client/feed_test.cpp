#include "client/core/feed.h"

#include <gtest/gtest.h>

#include "client/core/bounds.h"

namespace kumquat::client {
namespace {

FeedEntry entry(std::int64_t number) {
    return {FeedNumber(number), std::nullopt};
}

Feed at(std::int64_t number) {
    Feed feed;
    feed.move_to(FeedNumber(number));
    EXPECT_TRUE(feed.catch_up());
    return feed;
}

TEST(Feed, OnlyTheNextEntryIsApplied) {
    Feed feed = at(5);
    EXPECT_TRUE(feed.accept(entry(6)));
    EXPECT_FALSE(feed.accept(entry(6))) << "known";
    EXPECT_FALSE(feed.accept(entry(2))) << "known";
    EXPECT_FALSE(feed.behind());
    EXPECT_FALSE(feed.accept(entry(8)));
    EXPECT_TRUE(feed.behind());
    EXPECT_EQ(feed.position(), FeedNumber(6));
}

TEST(Feed, EntriesThatWaitedFollowTheSync) {
    Feed feed = at(1);
    feed.accept(entry(4));
    feed.accept(entry(3));
    EXPECT_FALSE(feed.catch_up()) << "2 is missing";
    feed.move_to(FeedNumber(2));
    EXPECT_TRUE(feed.catch_up());
    EXPECT_EQ(feed.take_waiting()->number, FeedNumber(3));
    EXPECT_EQ(feed.take_waiting()->number, FeedNumber(4));
    EXPECT_FALSE(feed.take_waiting().has_value());
    EXPECT_EQ(feed.position(), FeedNumber(4));
}

TEST(Feed, AHoleAmongTheWaitingNeedsAnotherSync) {
    Feed feed = at(1);
    feed.accept(entry(3));
    feed.accept(entry(5));
    feed.move_to(FeedNumber(2));
    EXPECT_FALSE(feed.catch_up());
    EXPECT_TRUE(feed.behind());
}

TEST(Feed, WhatWasDroppedForWantOfRoomIsNotForgotten) {
    Feed feed = at(0);
    const std::int64_t last = static_cast<std::int64_t>(kEventsHeld) + 3;
    for (std::int64_t i = 2; i <= last; ++i)
        feed.accept(entry(i));
    feed.move_to(FeedNumber(1));
    EXPECT_FALSE(feed.catch_up());
    feed.move_to(FeedNumber(last));
    EXPECT_TRUE(feed.catch_up());
}

TEST(Feed, ANewConnectionStartsWithoutTheWaitingOnesOfTheOld) {
    Feed feed = at(1);
    feed.accept(entry(9));
    feed.fall_behind();
    EXPECT_TRUE(feed.catch_up());
    EXPECT_FALSE(feed.take_waiting().has_value());
}

TEST(Feed, ASnapshotMaySetItBack) {
    Feed feed = at(100);
    feed.fall_behind();
    feed.move_to(FeedNumber(3));
    EXPECT_TRUE(feed.catch_up());
    EXPECT_TRUE(feed.accept(entry(4)));
}

}  // namespace
}  // namespace kumquat::client
