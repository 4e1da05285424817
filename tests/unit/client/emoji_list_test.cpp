#include "client/view/emoji_list.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace kumquat::client {
namespace {

const std::string kTones =
    "+🏻\tlight\t较浅\n+🏼\tmedium-light\t中浅\n+🏽\tmedium\t中等\n+🏾\tmedium-"
    "dark\t中深\n"
    "+🏿\tdark\t较深\n";
const std::string kFile =
    "emoji 1\n"
    "=😀\tSmileys\t表情\n"
    "😀\tgrinning face\t嘿嘿\tsmile\t笑脸|脸\theihei|xiaolian|lian\t\n"
    "=🐻\tAnimals\t动物\n"
    "🐱\tcat face\t猫脸\tpet\t猫咪\tmaolian|maomi\t\n"
    "🎓\teducation cap\t学位帽\tcelebration|hat\t毕业\txueweimao|biye\t\n"
    "👋\twaving hand\t挥手\twave\t再见\thuishou|zaijian\t👋🏻\n"
    "🧑‍🤝‍🧑\tpeople holding "
    "hands\t手拉手\tcouple\t朋友\tshoulashou\t🧑🏻‍🤝‍🧑🏻\n"
    "🇨🇳\tflag: China\t旗: 中国\tflag: china\t国旗\tzhongguo\t\n"
    "#️⃣\tkeycap: #\t按键: #\t\t\tanjian\t\n" +
    kTones;

std::vector<std::string> found(const EmojiList& list, std::string_view words, bool in_chinese) {
    std::vector<std::string> all;
    for (std::size_t i : list.search(words, in_chinese))
        all.emplace_back(list.all()[i].text);
    return all;
}

using Texts = std::vector<std::string>;

class EmojiListTest : public testing::Test {
  protected:
    void SetUp() override {
        Result<EmojiList> parsed = EmojiList::parse(kFile);
        ASSERT_TRUE(parsed.has_value()) << parsed.error().context;
        list = *std::move(parsed);
    }
    EmojiList list;
};

TEST_F(EmojiListTest, HasGroupsAndNamesInTheFilesOrder) {
    ASSERT_EQ(list.groups().size(), 2u);
    EXPECT_EQ(list.groups()[0].sign, "😀");
    EXPECT_EQ(list.groups()[0].name.in(true), "表情");
    EXPECT_EQ(list.groups()[0].end, 1u);
    EXPECT_EQ(list.groups()[1].begin, 1u);
    EXPECT_EQ(list.groups()[1].end, 7u);
    ASSERT_EQ(list.all().size(), 7u);
    EXPECT_EQ(list.all()[0].name.in(false), "grinning face");
    // A keycap's line begins with a sign that ends no list.
    EXPECT_EQ(list.all()[6].text, "#️⃣");
}

TEST_F(EmojiListTest, StaysWholeWhenItIsMoved) {
    EmojiList moved = std::move(list);
    EXPECT_EQ(moved.name_of("🐱", false), "cat face");
}

TEST_F(EmojiListTest, FindsInBothLanguagesWhateverTheCase) {
    EXPECT_EQ(found(list, "GRIN", false), Texts{"😀"});
    // Names before keywords.
    EXPECT_EQ(found(list, "脸", false), (Texts{"🐱", "😀"}));
    EXPECT_EQ(found(list, "笑", true), Texts{"😀"});
    EXPECT_EQ(found(list, "wave", true), Texts{"👋"});
    EXPECT_EQ(found(list, "china", false), Texts{"🇨🇳"});
    EXPECT_EQ(found(list, "CHINA", true), Texts{"🇨🇳"});
    EXPECT_TRUE(found(list, "nothing like it", false).empty());
    EXPECT_TRUE(found(list, "", false).empty());
    EXPECT_TRUE(found(list, "|", false).empty());
    EXPECT_TRUE(found(list, "\t", false).empty());
}

TEST_F(EmojiListTest, BeginningsOfWordsComeFirst) {
    EXPECT_EQ(found(list, "cat", false), (Texts{"🐱", "🎓"}));
    // "celebration" begins with it, "face" only ends so.
    EXPECT_EQ(found(list, "ce", false), (Texts{"🎓", "😀", "🐱"}));
}

TEST_F(EmojiListTest, FindsByPinyinFromTheBeginningOfAWord) {
    EXPECT_EQ(found(list, "maomi", true), Texts{"🐱"});
    EXPECT_EQ(found(list, "xiaol", false), Texts{"😀"});
    EXPECT_TRUE(found(list, "aomi", true).empty());
}

TEST_F(EmojiListTest, KnowsSkinTones) {
    const Emoji* wave = list.find("👋");
    ASSERT_NE(wave, nullptr);
    EXPECT_EQ(toned_emoji(*wave, 0), "👋🏻");
    EXPECT_EQ(toned_emoji(*wave, 4), "👋🏿");
    const Emoji* two = list.find("🧑‍🤝‍🧑");
    ASSERT_NE(two, nullptr);
    EXPECT_EQ(toned_emoji(*two, 2), "🧑🏽‍🤝‍🧑🏽");
    EXPECT_EQ(list.name_of("👋🏾", false), "waving hand: medium-dark");
    EXPECT_EQ(list.name_of("👋🏾", true), "挥手：中深");
    EXPECT_EQ(list.find("👋🏾"), nullptr);
    EXPECT_EQ(list.name_of("🐱🏻", false), "🐱🏻") << "it has no skin";
    EXPECT_EQ(list.name_of("\xF0\x9F\x8F", false), "\xF0\x9F\x8F");
    EXPECT_EQ(EmojiList().name_of("👋🏾", false), "👋🏾");
}

TEST(EmojiListDamage, EveryBadLineIsNamed) {
    const std::string group = "emoji 1\n=😀\tSmileys\t表情\n";
    const std::string line = "😀\tface\t脸\t\t\t\t\n";
    const std::pair<std::string, std::string> files[] = {
        {"", "line 1 is not \"emoji 1\""},
        {"emoji 2\n", "line 1 is not \"emoji 1\""},
        {"<!doctype html>\n", "line 1 is not \"emoji 1\""},
        {"emoji 1\n", "no emoji"},
        {group + kTones, "no emoji"},
        {group + line, "skin tones are missing"},
        {group + "😀\tface\t脸\n" + kTones, "line 3 has another number of columns"},
        {group + line + "\n" + kTones, "line 4 has another number of columns"},
        {group + "😀\tface\t脸\t\t\t\t\t\n", "line 3 has another number of columns"},
        {"emoji 1\n=😀\tSmileys\n", "line 2 has another number of columns"},
        {"emoji 1\n=\tSmileys\t表情\n", "line 2 has no sign"},
        {"emoji 1\n=😀\tSmileys\t\n", "line 2 has no name"},
        {group + "😀\tface\t\t\t\t\t\n", "line 3 has no name"},
        {group + "😀\t\t脸\t\t\t\t\n", "line 3 has no name"},
        {group + "\tface\t脸\t\t\t\t\n", "line 3 has no emoji"},
        {"emoji 1\n" + line, "line 2 stands before the first group"},
        {group + line + kTones + "+🏿\tdark\t较深\n", "line 9 is a skin tone too many"},
        {"emoji 1\n\xFF", "not UTF-8"},
    };
    for (const auto& [file, problem] : files) {
        Result<EmojiList> parsed = EmojiList::parse(file);
        ASSERT_FALSE(parsed.has_value()) << file;
        EXPECT_EQ(parsed.error().code, ErrorCode::kDataDamaged);
        EXPECT_EQ(parsed.error().context, problem) << file;
    }
}

// Whatever a cut or a changed byte makes of it: an error or a list, never a crash.
TEST(EmojiListDamage, CutAndChangedFilesDoNoHarm) {
    int refused = 0;
    for (std::size_t at = 0; at < kFile.size(); ++at) {
        refused += EmojiList::parse(kFile.substr(0, at)).has_value() ? 0 : 1;
        for (char byte : {'\0', '\t', '\n', '=', '+', '|', '\xF0'}) {
            std::string changed = kFile;
            changed[at] = byte;
            Result<EmojiList> parsed = EmojiList::parse(changed);
            if (!parsed) continue;
            for (const Emoji& emoji : parsed->all()) {
                EXPECT_FALSE(emoji.text.empty());
                EXPECT_FALSE(parsed->name_of(toned_emoji(emoji, 4), true).empty() &&
                             !emoji.light.empty());
            }
            (void)parsed->search("a", false);
        }
    }
    // Only the last line's end may be missing, and the end of its last word.
    EXPECT_GE(refused, static_cast<int>(kFile.size()) - 8);
}

}  // namespace
}  // namespace kumquat::client
