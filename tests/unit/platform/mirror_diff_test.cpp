#include "platform/mirror_diff.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace kumquat::platform {
namespace {

MirrorNode node(std::string key, int parent = -1, Role role = Role::kGroup, std::string name = {}) {
    MirrorNode made;
    made.key = std::move(key);
    made.parent = parent;
    made.role = role;
    made.name = std::move(name);
    return made;
}

int count(const std::vector<MirrorChange>& changes, MirrorChange::Kind kind) {
    return static_cast<int>(std::count_if(changes.begin(), changes.end(),
                                          [&](const MirrorChange& c) { return c.kind == kind; }));
}

// A DOM that does what it is told, and nothing else.
class Model {
  public:
    void apply(const std::vector<MirrorChange>& changes) {
        for (const MirrorChange& change : changes) {
            switch (change.kind) {
                case MirrorChange::Kind::kCreate:
                    EXPECT_EQ(parent_.count(change.key), 0u) << change.key;
                    insert(change);
                    break;
                case MirrorChange::Kind::kMove:
                    detach(change.key);
                    insert(change);
                    break;
                case MirrorChange::Kind::kRemove:
                    detach(change.key);
                    break;
                case MirrorChange::Kind::kUpdate:
                    EXPECT_EQ(parent_.count(change.key), 1u);
                    break;
            }
        }
    }

    void expect_equal(const MirrorTree& tree) {
        std::map<std::string, std::vector<std::string>> wanted;
        for (const MirrorNode& n : tree)
            wanted[n.parent < 0 ? "" : tree[static_cast<std::size_t>(n.parent)].key].push_back(
                n.key);
        for (const auto& [parent, keys] : wanted)
            EXPECT_EQ(children_[parent], keys) << parent;
        EXPECT_EQ(parent_.size(), tree.size());
    }

  private:
    void insert(const MirrorChange& change) {
        EXPECT_TRUE(change.parent.empty() || parent_.count(change.parent) == 1) << change.parent;
        auto& siblings = children_[change.parent];
        auto at = siblings.begin();
        if (!change.after.empty()) {
            at = std::find(siblings.begin(), siblings.end(), change.after);
            ASSERT_NE(at, siblings.end()) << change.key << " after " << change.after;
            ++at;
        }
        siblings.insert(at, change.key);
        parent_[change.key] = change.parent;
    }
    void detach(const std::string& key) {
        auto& siblings = children_[parent_[key]];
        siblings.erase(std::remove(siblings.begin(), siblings.end(), key), siblings.end());
        parent_.erase(key);
    }
    std::map<std::string, std::string> parent_;
    std::map<std::string, std::vector<std::string>> children_;
};

TEST(MirrorDiff, TheSameTreeChangesNothing) {
    MirrorDiff diff;
    MirrorTree tree{node("main"), node("send", 0, Role::kButton, "Send")};
    EXPECT_EQ(diff.update(tree).size(), 2u);
    EXPECT_TRUE(diff.update(tree).empty());
}

TEST(MirrorDiff, AChangedNameIsOneUpdate) {
    MirrorDiff diff;
    MirrorTree tree{node("main"), node("row", 0, Role::kButton, "Ann")};
    diff.update(tree);
    tree[1].name = "Ann, 2 unread";
    auto changes = diff.update(tree);
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes[0].parts, unsigned{kMirrorName});
}

// A frame in which nobody came, went or moved is a short way; what comes after it must not notice.
TEST(MirrorDiff, FramesInWhichNobodyMovesChangeNoPlaceInTheOrder) {
    MirrorDiff diff;
    Model model;
    MirrorTree tree{node("a"), node("b", 0), node("c", 1), node("d", 0)};
    model.apply(diff.update(tree));
    tree[2].name = "Ann";
    EXPECT_EQ(diff.update(tree).size(), 1u);
    EXPECT_EQ(diff.find("d"), 3);
    EXPECT_EQ(diff.tree()[2].name, "Ann");
    // The same nodes in the same order, one of them somewhere else.
    tree[2].parent = 0;
    auto changes = diff.update(tree);
    EXPECT_EQ(count(changes, MirrorChange::Kind::kMove), 1);
    model.apply(changes);
    model.expect_equal(tree);
    std::swap(tree[1], tree[3]);
    model.apply(diff.update(tree));
    model.expect_equal(tree);
    EXPECT_EQ(diff.find("d"), 1);
}

TEST(MirrorDiff, NewMessagesMoveNobody) {
    MirrorDiff diff;
    MirrorTree tree{node("log", -1, Role::kLog)};
    for (int i = 10; i < 20; ++i)
        tree.push_back(node("m" + std::to_string(i), 0, Role::kArticle));
    diff.update(tree);
    tree.push_back(node("m20", 0, Role::kArticle));
    tree.insert(tree.begin() + 1, node("m9", 0, Role::kArticle));
    auto changes = diff.update(tree);
    EXPECT_EQ(count(changes, MirrorChange::Kind::kMove), 0);
    EXPECT_EQ(count(changes, MirrorChange::Kind::kCreate), 2);
}

// The friends list: a chat rises to the top. Only it moves, so the focus of every other row stays.
TEST(MirrorDiff, ARowThatRisesMovesAlone) {
    MirrorDiff diff;
    MirrorTree tree{node("list")};
    for (const char* key : {"a", "b", "c", "d"})
        tree.push_back(node(key, 0));
    diff.update(tree);
    std::rotate(tree.begin() + 1, tree.begin() + 4, tree.end());
    auto changes = diff.update(tree);
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes[0].key, "d");
    EXPECT_EQ(changes[0].kind, MirrorChange::Kind::kMove);
    EXPECT_EQ(changes[0].after, "");
}

TEST(MirrorDiff, AnotherRoleIsAnotherElement) {
    MirrorDiff diff;
    Model model;
    MirrorTree tree{node("x", -1, Role::kGroup), node("y", 0)};
    model.apply(diff.update(tree));
    tree[0].role = Role::kMain;
    model.apply(diff.update(tree));
    model.expect_equal(tree);
}

TEST(MirrorDiff, PlacesAreRelativeSoThatAMovedPaneIsOneChange) {
    MirrorDiff diff;
    MirrorTree tree{node("pane"), node("wrap", 0), node("text", 1, Role::kText, "hi")};
    tree[0].rect = {100, 50, 300, 300};
    tree[2].rect = {110, 60, 50, 20};
    diff.update(tree);
    EXPECT_EQ(diff.tree()[2].rect, (Rect{10, 10, 50, 20}));
    tree[0].rect.x += 40;
    tree[2].rect.x += 40;
    auto changes = diff.update(tree);
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes[0].key, "pane");
}

TEST(MirrorDiff, EverythingBesideADialogIsInert) {
    MirrorDiff diff;
    MirrorTree tree{node("app"),
                    node("main", 0),
                    node("main.button", 1),
                    node("overlay", 0),
                    node("dialog", 3, Role::kDialog),
                    node("ok", 4, Role::kButton, "OK")};
    diff.update(tree);
    auto inert = [&](const char* key) {
        return diff.tree()[static_cast<std::size_t>(diff.find(key))].inert;
    };
    EXPECT_TRUE(inert("main"));
    EXPECT_FALSE(inert("app"));
    EXPECT_FALSE(inert("overlay"));
    EXPECT_FALSE(inert("dialog"));
    EXPECT_FALSE(inert("ok"));
    tree.resize(3);
    auto changes = diff.update(tree);
    EXPECT_FALSE(inert("main"));
    EXPECT_EQ(count(changes, MirrorChange::Kind::kRemove), 3);
}

TEST(MirrorDiff, AnotherPixelRatioSendsAllPlaces) {
    MirrorDiff diff;
    MirrorTree tree{node("a"), node("b", 0)};
    diff.update(tree);
    diff.resend_places();
    EXPECT_EQ(diff.update(tree).size(), 2u);
    EXPECT_TRUE(diff.update(tree).empty());
}

// Any tree can become any other.
TEST(MirrorDiff, RandomTreesConverge) {
    std::mt19937 random(7);
    MirrorDiff diff;
    Model model;
    for (int round = 0; round < 300; ++round) {
        std::vector<int> keys(12);
        for (int i = 0; i < 12; ++i)
            keys[static_cast<std::size_t>(i)] = i;
        std::shuffle(keys.begin(), keys.end(), random);
        MirrorTree tree;
        std::size_t size = random() % 12;
        for (std::size_t i = 0; i < size; ++i) {
            int parent = static_cast<int>(random() % (i + 1)) - 1;
            Role role = random() % 8 == 0 ? Role::kRegion : Role::kGroup;
            tree.push_back(node("k" + std::to_string(keys[i]), parent, role));
        }
        model.apply(diff.update(tree));
        model.expect_equal(tree);
    }
}

MirrorNode focusable(std::string key, int parent, Role role) {
    MirrorNode made = node(std::move(key), parent, role);
    made.focusable_by_code = true;
    return made;
}

TEST(MirrorNeighbour, IsTheNextOfItsKindThenTheOneBeforeThenWhatItStoodIn) {
    MirrorTree tree = {node("main"),
                       focusable("log", 0, Role::kLog),
                       focusable("a", 1, Role::kArticle),
                       focusable("a.link", 2, Role::kLink),
                       node("day", 1, Role::kSeparator),
                       focusable("b", 1, Role::kArticle),
                       focusable("c", 1, Role::kArticle),
                       focusable("send", 0, Role::kButton)};
    MirrorDiff diff;
    diff.update(tree);
    MirrorTree without_b = tree;
    without_b.erase(without_b.begin() + 5);
    diff.update(without_b);
    EXPECT_EQ(diff.neighbour("b"), "c");
    MirrorTree only_a(without_b.begin(), without_b.begin() + 5);
    diff.update(only_a);
    EXPECT_EQ(diff.neighbour("c"), "a");
    EXPECT_EQ(diff.neighbour("send"), "") << "the log is of another kind";
    MirrorTree bare = {tree[0], tree[1], tree[2]};
    diff.update(bare);
    EXPECT_EQ(diff.neighbour("a.link"), "a");
    MirrorTree empty = {tree[0], tree[1]};
    diff.update(empty);
    EXPECT_EQ(diff.neighbour("a"), "log");
    EXPECT_EQ(diff.neighbour("never there"), "");
}

TEST(MirrorNeighbour, OfARowIsWhatStandsInTheNextRow) {
    auto row = [](const std::string& key) {
        return MirrorNode(node("row:" + key, 0, Role::kListItem));
    };
    MirrorTree tree = {node("list", -1, Role::kList), row("a"), focusable("a", 1, Role::kButton),
                       row("b"), focusable("b", 3, Role::kButton)};
    MirrorDiff diff;
    diff.update(tree);
    MirrorTree rest = {tree[0], tree[1], tree[2]};
    diff.update(rest);
    EXPECT_EQ(diff.neighbour("b"), "a");
    diff.update(tree);
    rest[1].inert = true;
    diff.update(rest);
    EXPECT_EQ(diff.neighbour("b"), "") << "what cannot be reached cannot have the focus";
}

}  // namespace
}  // namespace kumquat::platform
