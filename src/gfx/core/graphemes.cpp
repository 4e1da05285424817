#include "gfx/core/graphemes.h"

#include <algorithm>
#include <iterator>

#include "base/utf8.h"

namespace kumquat::gfx {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};

template <std::size_t N>
bool in_ranges(const Range (&ranges)[N], char32_t c) {
    const Range* end = std::end(ranges);
    const Range* found =
        std::lower_bound(std::begin(ranges), end, c,
                         [](const Range& range, char32_t value) { return range.last < value; });
    return found != end && found->first <= c;
}

// Marks that join what stands before them (Grapheme_Extend of scripts that are not drawn as runs,
// emoji modifiers and tags).
constexpr Range kExtend[] = {{0x300, 0x36F},     {0x483, 0x489},     {0x1AB0, 0x1AFF},
                             {0x1DC0, 0x1DFF},   {0x20D0, 0x20FF},   {0x302A, 0x302F},
                             {0x3099, 0x309A},   {0xFE00, 0xFE0F},   {0xFE20, 0xFE2F},
                             {0x1F3FB, 0x1F3FF}, {0xE0020, 0xE007F}, {0xE0100, 0xE01EF}};

// Right to left: Hebrew, Arabic, Syriac, Thaana, NKo and their neighbours.
constexpr Range kRightToLeft[] = {
    {0x590, 0x8FF}, {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}};

// Left to right, but letters change shape or place: Indic, Thai, Lao, Tibetan, Myanmar, Khmer,
// Mongolian, conjoining Jamo ...
constexpr Range kShaped[] = {{0x900, 0x10FF},  {0x1100, 0x11FF},  {0x1780, 0x18AF},
                             {0x1900, 0x1AAF}, {0x1B00, 0x1C4F},  {0x1CD0, 0x1CFF},
                             {0xA800, 0xA82F}, {0xA840, 0xAADF},  {0xABC0, 0xABFF},
                             {0xD7B0, 0xD7FF}, {0x11000, 0x11FFF}};

// Of Thai, Lao, Burmese and Khmer, with the signs that repeat or shorten what stands before them.
constexpr Range kShapedMarks[] = {
    {0xE2F, 0xE31},   {0xE33, 0xE3A},   {0xE45, 0xE4E},   {0xEAF, 0xEB1},   {0xEB3, 0xEBC},
    {0xEC6, 0xECD},   {0x102B, 0x103E}, {0x1056, 0x1060}, {0x1062, 0x1064}, {0x1067, 0x106D},
    {0x1071, 0x1074}, {0x1082, 0x108D}, {0x108F, 0x108F}, {0x109A, 0x109D}, {0x17B4, 0x17D3},
    {0x17D7, 0x17D7}, {0x17DD, 0x17DD}};

constexpr Range kInvisible[] = {{0x0, 0x1F},      {0x7F, 0x9F},      {0xAD, 0xAD},
                                {0x61C, 0x61C},   {0x180E, 0x180E},  {0x200B, 0x200F},
                                {0x2028, 0x202E}, {0x2060, 0x206F},  {0xFE00, 0xFE0F},
                                {0xFEFF, 0xFEFF}, {0xE0000, 0xE01EF}};

// Emoji_Presentation below U+1F000: drawn in colour without a variation selector.
constexpr Range kColoredBmp[] = {
    {0x231A, 0x231B}, {0x23E9, 0x23EC}, {0x23F0, 0x23F0}, {0x23F3, 0x23F3}, {0x25FD, 0x25FE},
    {0x2614, 0x2615}, {0x2648, 0x2653}, {0x267F, 0x267F}, {0x2693, 0x2693}, {0x26A1, 0x26A1},
    {0x26AA, 0x26AB}, {0x26BD, 0x26BE}, {0x26C4, 0x26C5}, {0x26CE, 0x26CE}, {0x26D4, 0x26D4},
    {0x26EA, 0x26EA}, {0x26F2, 0x26F3}, {0x26F5, 0x26F5}, {0x26FA, 0x26FA}, {0x26FD, 0x26FD},
    {0x2705, 0x2705}, {0x270A, 0x270B}, {0x2728, 0x2728}, {0x274C, 0x274C}, {0x274E, 0x274E},
    {0x2753, 0x2755}, {0x2757, 0x2757}, {0x2795, 0x2797}, {0x27B0, 0x27B0}, {0x27BF, 0x27BF},
    {0x2B1B, 0x2B1C}, {0x2B50, 0x2B50}, {0x2B55, 0x2B55}};

constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kNonJoiner = 0x200C;
constexpr char32_t kEmojiSelector = 0xFE0F;
constexpr char32_t kKeycap = 0x20E3;
// A text without blanks would be one run for a whole message.
constexpr int kRunCodePointsMax = 24;

bool is_extend(char32_t c) {
    return c >= 0x300 && in_ranges(kExtend, c);
}
bool is_right_to_left(char32_t c) {
    return c >= 0x590 && in_ranges(kRightToLeft, c);
}
bool is_shaped(char32_t c) {
    return c >= 0x590 && (is_right_to_left(c) || in_ranges(kShaped, c));
}
bool is_invisible(char32_t c) {
    return (c < 0x20 || c >= 0x7F) && in_ranges(kInvisible, c);
}
// Nearly: what is neither digit, mark, punctuation, symbol nor emoji. Enough to find the first one.
bool is_letter(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    bool symbol = c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c < 0x2C00) ||
                  (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) ||
                  (c >= 0xFE00 && c <= 0xFE6F) || (c >= 0xFF01 && c <= 0xFF20) || c >= 0xE0000 ||
                  (c >= 0x1F000 && c <= 0x1FAFF);
    return !symbol && !is_extend(c) && !is_invisible(c);
}
bool is_flag_letter(char32_t c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}
bool is_pictograph(char32_t c) {
    return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2190 && c <= 0x3299) || c == 0xA9 || c == 0xAE;
}
bool is_private(char32_t c) {
    return c >= 0xE000 && c <= 0xF8FF;
}

// A reading position that can look ahead.
struct Reader {
    std::string_view text;
    std::size_t offset;

    bool done() const { return offset >= text.size(); }
    char32_t peek() const {
        std::size_t at = offset;
        return done() ? 0 : decode_utf8(text, &at);
    }
    char32_t take() { return decode_utf8(text, &offset); }
};

// U+0590 is 0xD6 0x90: text without a lead byte from there on is decided without decoding.
bool any_of(std::string_view text, bool (*test)(char32_t)) {
    if (std::none_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xD6; }))
        return false;
    for (std::size_t offset = 0; offset < text.size();) {
        if (test(decode_utf8(text, &offset))) return true;
    }
    return false;
}

int take_extends(Reader& reader) {
    int count = 0;
    while (!reader.done() && is_extend(reader.peek())) {
        reader.take();
        ++count;
    }
    return count;
}

// Written without blanks between words: Thai and Lao, Burmese, Khmer. A line of them may end behind
// any cluster; where words end only a dictionary knows.
bool has_no_blanks(char32_t c) {
    return (c >= 0xE00 && c <= 0xEFF) || (c >= 0x1000 && c <= 0x109F) ||
           (c >= 0x1780 && c <= 0x17FF);
}

// Belongs to what stands before it. The blocks from Devanagari to Sinhala have one plan.
bool is_shaped_mark(char32_t c) {
    if (c >= 0x900 && c <= 0xDFF) {
        unsigned place = static_cast<unsigned>(c) & 0x7F;
        return place <= 3 || (place >= 0x3C && place <= 0x5F) || place == 0x62 || place == 0x63;
    }
    return in_ranges(kShapedMarks, c);
}

// What comes next belongs to it: viramas, and the vowels that are written before their consonant.
bool takes_next(char32_t c) {
    bool indic = c >= 0x900 && c <= 0xDFF;
    return (indic && (c & 0x7F) == 0x4D) || c == 0xDCA || c == 0x1039 || c == 0x17D2 ||
           (c >= 0xE40 && c <= 0xE44) || (c >= 0xEC0 && c <= 0xEC4) || c == kJoiner;
}

void take_run(Reader& reader, char32_t first) {
    int count_max = has_no_blanks(first) ? 1 : kRunCodePointsMax;
    char32_t before = first;
    for (int count = 1; !reader.done(); ++count) {
        char32_t c = reader.peek();
        bool joins = is_extend(c) || c == kJoiner || c == kNonJoiner || is_shaped_mark(c) ||
                     (is_shaped(c) && takes_next(before));
        if (!joins && (!is_shaped(c) || count >= count_max || has_no_blanks(c))) return;
        // No syllable of any language is that long.
        if (count >= 2 * kRunCodePointsMax) return;
        reader.take();
        before = c;
    }
}

// The rest of an emoji or accented letter after its base; returns the number of code points taken.
int take_joined(Reader& reader) {
    int count = take_extends(reader);
    while (!reader.done() && reader.peek() == kJoiner) {
        Reader ahead = reader;
        ahead.take();
        if (ahead.done() || !is_pictograph(ahead.peek())) return count;
        ahead.take();
        reader = ahead;
        count += 2 + take_extends(reader);
    }
    return count;
}

}  // namespace

Cluster next_cluster(std::string_view text, std::size_t* offset) {
    std::size_t begin = *offset;
    Reader reader{text, begin};
    Cluster cluster;
    cluster.first = reader.take();
    int extra = 0;
    if (is_shaped(cluster.first)) {
        take_run(reader, cluster.first);
        cluster.kind = ClusterKind::kRun;
    } else if (is_invisible(cluster.first)) {
        cluster.kind = ClusterKind::kControl;
    } else {
        if (is_flag_letter(cluster.first) && is_flag_letter(reader.peek())) {
            reader.take();
            ++extra;
        }
        if (!reader.done() && reader.peek() >= 0x300) {
            extra += is_pictograph(cluster.first) ? take_joined(reader) : take_extends(reader);
        }
        bool plain = extra == 0 && cluster.first <= 0xFFFF && !is_private(cluster.first);
        cluster.kind = plain ? ClusterKind::kSimple : ClusterKind::kCluster;
    }
    cluster.bytes = text.substr(begin, reader.offset - begin);
    *offset = reader.offset;
    return cluster;
}

bool has_right_to_left(std::string_view text) {
    return any_of(text, is_right_to_left);
}

bool begins_right_to_left(std::string_view text) {
    for (std::size_t offset = 0; offset < text.size();) {
        char32_t c = decode_utf8(text, &offset);
        if (is_right_to_left(c)) return true;
        if (is_letter(c)) return false;
    }
    return false;
}

bool needs_one_piece(std::string_view text) {
    return any_of(text, is_shaped);
}

static bool is_emoji(const Cluster& cluster) {
    char32_t c = cluster.first;
    if (c >= 0x1F000 && c <= 0x1FAFF) return true;
    if (c >= 0x2000 && c <= 0x2FFF && in_ranges(kColoredBmp, c)) return true;
    for (std::size_t offset = 0; offset < cluster.bytes.size();) {
        char32_t part = decode_utf8(cluster.bytes, &offset);
        if (part == kEmojiSelector || part == kKeycap) return cluster.kind == ClusterKind::kCluster;
    }
    return false;
}

bool has_emoji(std::string_view text) {
    for (std::size_t offset = 0; offset < text.size();) {
        if (is_emoji(next_cluster(text, &offset))) return true;
    }
    return false;
}

bool only_emoji(std::string_view text, int count_max) {
    int count = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        Cluster cluster = next_cluster(text, &offset);
        if (cluster.first == ' ') continue;
        if (!is_emoji(cluster) || ++count > count_max) return false;
    }
    return count > 0;
}

std::size_t count_clusters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        if (next_cluster(text, &offset).kind != ClusterKind::kControl) ++count;
    }
    return count;
}

}  // namespace kumquat::gfx
