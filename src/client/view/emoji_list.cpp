#include "client/view/emoji_list.h"

#include <algorithm>
#include <utility>

#include "base/fold.h"
#include "base/utf8.h"

namespace kumquat::client {

namespace {

constexpr std::string_view kForm = "emoji 1";
constexpr std::size_t kEmojiColumns = 7;
constexpr std::size_t kNameColumns = 3;
/// The skin tones are U+1F3FB to U+1F3FF: they differ in their last byte only.
constexpr std::string_view kToneStart = "\xF0\x9F\x8F";
constexpr char kToneFirst = '\xBB';
/// A hit within a word counts less than any at the beginning of one.
constexpr int kWithinWord = 5;
constexpr int kNoHit = 2 * kWithinWord;

Error damaged(const char* what) {
    return Error{ErrorCode::kDataDamaged, what};
}

std::string_view take_until(std::string_view& rest, char end) {
    std::size_t at = std::min(rest.find(end), rest.size());
    std::string_view part = rest.substr(0, at);
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return part;
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Where `words` stand in `text`: 0 at the beginning of a word, kWithinWord in one, kNoHit nowhere.
/// Han has no words with beginnings.
int place_in(std::string_view text, std::string_view words) {
    int best = kNoHit;
    for (std::size_t at = text.find(words); at != text.npos; at = text.find(words, at + 1)) {
        if (at == 0 || !is_letter(words[0]) || !is_letter(text[at - 1])) return 0;
        best = kWithinWord;
    }
    return best;
}

/// How well an emoji answers `words`; the smaller the better.
int rank_of(const Emoji& emoji, std::string_view words, bool in_chinese) {
    std::string_view columns[] = {emoji.name.english, emoji.english_keys, emoji.name.chinese,
                                  emoji.chinese_keys};
    if (in_chinese) {
        std::swap(columns[0], columns[2]);
        std::swap(columns[1], columns[3]);
    }
    int best = kNoHit;
    for (int i = 0; i < 4; ++i)
        best = std::min(best, i + place_in(columns[i], words));
    // Nobody means the middle of a syllable.
    if (place_in(emoji.pinyin, words) == 0) best = std::min(best, in_chinese ? 1 : kWithinWord - 1);
    return best;
}

/// Every skin tone in `text` becomes this one.
void set_tone(std::string& text, std::size_t tone) {
    std::size_t last = kToneStart.size();
    for (std::size_t at = text.find(kToneStart); at != text.npos && at + last < text.size();
         at = text.find(kToneStart, at + last))
        text[at + last] = static_cast<char>(static_cast<std::size_t>(kToneFirst) + tone);
}

}  // namespace

Status EmojiList::parse_line(std::string_view line) {
    std::string_view columns[kEmojiColumns];
    std::size_t wanted = line.empty() || (line[0] != '=' && line[0] != '+') ? kEmojiColumns : 3;
    std::size_t tabs = static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t'));
    if (tabs + 1 != wanted) return damaged("has another number of columns");
    for (std::size_t i = 0; i < wanted; ++i)
        columns[i] = take_until(line, '\t');
    if (wanted == kNameColumns) line = columns[0].substr(1);
    EmojiName name = {columns[1], columns[2]};
    if (name.english.empty() || name.chinese.empty()) return damaged("has no name");
    if (wanted == kNameColumns && line.empty()) return damaged("has no sign");
    if (wanted == kNameColumns && columns[0][0] == '+') {
        if (tones_.size() == kTones) return damaged("is a skin tone too many");
        tones_.push_back(name);
    } else if (wanted == kNameColumns) {
        groups_.push_back({line, name, all_.size(), all_.size()});
    } else if (columns[0].empty()) {
        return damaged("has no emoji");
    } else if (groups_.empty()) {
        return damaged("stands before the first group");
    } else {
        all_.push_back({columns[0], name, columns[3], columns[4], columns[5], columns[6]});
        groups_.back().end = all_.size();
    }
    return {};
}

Result<EmojiList> EmojiList::parse(std::string_view file) {
    if (!is_valid_utf8(file)) return damaged("not UTF-8");
    EmojiList list;
    list.file_.assign(file.begin(), file.end());
    std::string_view rest(list.file_.data(), list.file_.size());
    if (take_until(rest, '\n') != kForm) return damaged("line 1 is not \"emoji 1\"");
    for (int number = 2; !rest.empty(); ++number) {
        Status status = list.parse_line(take_until(rest, '\n'));
        if (status) continue;
        return Error{status.error().code,
                     "line " + std::to_string(number) + " " + status.error().context};
    }
    if (list.empty()) return damaged("no emoji");
    if (list.tones_.size() != kTones) return damaged("skin tones are missing");
    return list;
}

const Emoji* EmojiList::find(std::string_view text) const {
    auto found = std::find_if(all_.begin(), all_.end(),
                              [text](const Emoji& emoji) { return emoji.text == text; });
    return found == all_.end() ? nullptr : &*found;
}

std::string EmojiList::name_of(std::string_view text, bool in_chinese) const {
    if (const Emoji* emoji = find(text)) return std::string(emoji->name.in(in_chinese));
    std::size_t at = text.find(kToneStart);
    if (at == text.npos || at + kToneStart.size() == text.size()) return std::string(text);
    std::size_t tone = static_cast<unsigned char>(text[at + kToneStart.size()] - kToneFirst);
    std::string light(text);
    set_tone(light, 0);
    for (const Emoji& emoji : all_) {
        if (tone >= tones_.size() || emoji.light != light) continue;
        return std::string(emoji.name.in(in_chinese)) + (in_chinese ? "：" : ": ") +
               std::string(tones_[tone].in(in_chinese));
    }
    return light.assign(text);
}

std::vector<std::size_t> EmojiList::search(std::string_view words, bool in_chinese) const {
    std::string folded = fold_case(words);
    std::vector<std::size_t> found;
    // The mark between keywords is in none of them.
    if (folded.empty() || folded.find('|') != folded.npos) return found;
    std::vector<int> ranks;
    ranks.reserve(all_.size());
    for (const Emoji& emoji : all_)
        ranks.push_back(rank_of(emoji, folded, in_chinese));
    for (int rank = 0; rank < kNoHit; ++rank) {
        for (std::size_t i = 0; i < all_.size(); ++i) {
            if (ranks[i] == rank) found.push_back(i);
        }
    }
    return found;
}

std::string toned_emoji(const Emoji& emoji, std::size_t tone) {
    std::string text(emoji.light);
    set_tone(text, tone);
    return text;
}

}  // namespace kumquat::client
