// The emoji that can be chosen: in order, in groups, with names and keywords in two languages.
//
// They come from a text file that script/cmake/emoji_list.mjs makes, one line each; "\t" divides
// columns, "|" keywords:
//
//   emoji 1                                  the form of the file
//   =SIGN   English   Chinese                a group; what follows belongs to it
//   EMOJI   English   Chinese   English keywords   Chinese keywords   pinyin   lightest skin tone
//   +TONE   English   Chinese                a skin tone, from light to dark; after all groups
//
// Keywords are in small letters. Without a form in the lightest skin tone there are no others.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kumquat::client {

/// Of both languages; the views lie in the list's text.
struct EmojiName {
    std::string_view english;
    std::string_view chinese;

    std::string_view in(bool in_chinese) const { return in_chinese ? chinese : english; }
};

struct Emoji {
    std::string_view text;
    EmojiName name;
    std::string_view english_keys;
    std::string_view chinese_keys;
    std::string_view pinyin;
    /// In the lightest skin tone; empty if it has no skin.
    std::string_view light;
};

struct EmojiGroup {
    std::string_view sign;
    EmojiName name;
    /// Its first emoji, and the one behind its last.
    std::size_t begin = 0;
    std::size_t end = 0;
};

class EmojiList {
  public:
    static constexpr std::size_t kTones = 5;

    /// Without any.
    EmojiList() = default;
    EmojiList(EmojiList&&) = default;
    EmojiList& operator=(EmojiList&&) = default;

    /// Errors: kDataDamaged, with the number of the line and what is wrong with it.
    static Result<EmojiList> parse(std::string_view file);

    bool empty() const { return all_.empty(); }
    const std::vector<Emoji>& all() const { return all_; }
    const std::vector<EmojiGroup>& groups() const { return groups_; }
    /// Of the skin tones; as many as kTones, unless it is empty.
    const std::vector<EmojiName>& tones() const { return tones_; }
    /// Null if it is not in the list. In a skin tone it is not.
    const Emoji* find(std::string_view text) const;
    /// What it is called, in a skin tone too; the emoji itself if nobody knows.
    std::string name_of(std::string_view text, bool in_chinese) const;

    /// Indexes of those whose name or keywords hold `words`, whatever the case. First what the
    /// page's language says, at the beginning of a word; then that language's other hits, then the
    /// other language's.
    std::vector<std::size_t> search(std::string_view words, bool in_chinese) const;

  private:
    Status parse_line(std::string_view line);

    /// A vector keeps its bytes where they are when it is moved.
    std::vector<char> file_;
    std::vector<Emoji> all_;
    std::vector<EmojiGroup> groups_;
    std::vector<EmojiName> tones_;
};

/// An emoji of the list in one of its skin tones (0: the lightest). Requires that it has some.
std::string toned_emoji(const Emoji& emoji, std::size_t tone);

}  // namespace kumquat::client
