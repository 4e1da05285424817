#include "gfx/core/text_layout.h"

#include "gfx/core/graphemes.h"

namespace kumquat::gfx {
namespace {

// How a cluster behaves at the ends of a line.
enum class BreakClass : unsigned char {
    kLetter,  // Latin and the like: keeps together with its neighbours.
    kWide,    // Han, kana, Hangul syllables, emoji: a line may end before and after it.
    kOpen,    // "(" of any kind: no line ends after it.
    kClose,   // Closing and stopping marks: no line begins with one.
    kBlank,
    kNewline,
    kRun,     // A word that is shaped as a whole.
    kNothing  // Controls.
};

struct Item {
    std::size_t begin;
    std::size_t end;
    float width;
    BreakClass break_class;
    bool wide;
};

bool is_one_of(char32_t c, std::u32string_view set) {
    return set.find(c) != std::u32string_view::npos;
}

bool is_wide(char32_t c) {
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xA000 && c <= 0xA4CF) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFFEF) ||
           (c >= 0x1F000 && c <= 0x3FFFF);
}

BreakClass classify(const Cluster& cluster) {
    char32_t c = cluster.first;
    if (c == '\n') return BreakClass::kNewline;
    if (c == ' ' || c == '\t' || c == 0x3000) return BreakClass::kBlank;
    if (cluster.kind == ClusterKind::kControl) return BreakClass::kNothing;
    if (cluster.kind == ClusterKind::kRun) return BreakClass::kRun;
    if (is_one_of(c, U"([{“‘（《〈【「『〔〖［｛｟￥＄¥$£#@＃＠")) return BreakClass::kOpen;
    if (is_one_of(c,
                  U")]}”’!,.:;?%"
                  U"…—·°‰℃，。、！？；：）》〉】」』〕〗］｝｠％～〜・‧々〻ーぁぃぅぇぉっゃゅょゎァ"
                  U"ィゥェォッャュョヮヵヶ゛゜ゝゞヽヾ")) {
        return BreakClass::kClose;
    }
    return is_wide(c) ? BreakClass::kWide : BreakClass::kLetter;
}

Item make_item(const Cluster& cluster, std::size_t end, const AdvanceFn& advance) {
    BreakClass break_class = classify(cluster);
    bool counts = break_class != BreakClass::kNewline && break_class != BreakClass::kNothing;
    return {end - cluster.bytes.size(), end, counts ? advance(cluster.bytes) : 0, break_class,
            is_wide(cluster.first)};
}

// May a line end between the two?
bool can_break(const Item& before, const Item& after) {
    if (after.break_class == BreakClass::kBlank || after.break_class == BreakClass::kNothing)
        return false;
    if (before.break_class == BreakClass::kBlank) return true;
    if (before.break_class == BreakClass::kOpen || after.break_class == BreakClass::kClose)
        return false;
    if (before.break_class == BreakClass::kRun && after.break_class == BreakClass::kRun)
        return true;
    return before.wide || after.wide;
}

// The line of items [first, last), without the blanks it ends with.
TextLine make_line(const std::vector<Item>& items, std::size_t first, std::size_t last,
                   std::size_t empty_at) {
    while (last > first && items[last - 1].break_class == BreakClass::kBlank)
        --last;
    if (first == last) return {empty_at, empty_at, 0};
    TextLine line{items[first].begin, items[last - 1].end, 0};
    for (std::size_t i = first; i < last; ++i)
        line.width_px += items[i].width;
    return line;
}

// Where the line that begins with item `first` ends; at least one item further.
std::size_t line_end(const std::vector<Item>& items, std::size_t first, std::size_t limit,
                     float width_px) {
    float width = 0;
    std::size_t candidate = first;
    for (std::size_t i = first; i < limit; ++i) {
        if (i > first && can_break(items[i - 1], items[i])) candidate = i;
        width += items[i].width;
        bool hangs = items[i].break_class == BreakClass::kBlank;
        if (width > width_px && !hangs && i > first) return candidate > first ? candidate : i;
    }
    return limit;
}

}  // namespace

std::vector<TextLine> break_lines(std::string_view text, float width_px, const AdvanceFn& advance) {
    std::vector<Item> items;
    items.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        Cluster cluster = next_cluster(text, &offset);
        items.push_back(make_item(cluster, offset, advance));
    }
    std::vector<TextLine> lines;
    std::size_t first = 0;
    while (true) {
        std::size_t limit = first;
        while (limit < items.size() && items[limit].break_class != BreakClass::kNewline)
            ++limit;
        std::size_t at = first < items.size() ? items[first].begin : text.size();
        std::size_t paragraph_end = limit < items.size() ? items[limit].begin : text.size();
        bool right_to_left = begins_right_to_left(text.substr(at, paragraph_end - at));
        do {
            std::size_t end = line_end(items, first, limit, width_px);
            lines.push_back(make_line(items, first, end, at));
            lines.back().right_to_left = right_to_left;
            first = end;
        } while (first < limit);
        if (limit == items.size()) return lines;
        first = limit + 1;
    }
}

float text_width(std::string_view text, const AdvanceFn& advance) {
    float width = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        Cluster cluster = next_cluster(text, &offset);
        width += make_item(cluster, offset, advance).width;
    }
    return width;
}

std::string cut_to_width(std::string_view text, float width_px, const AdvanceFn& advance) {
    constexpr std::string_view kEllipsis = "…";
    float budget = width_px - advance(kEllipsis);
    std::string kept;
    std::size_t cut_at = 0;
    float width = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        Cluster cluster = next_cluster(text, &offset);
        if (cluster.first == '\n')
            cluster.bytes = " ";
        else if (cluster.kind == ClusterKind::kControl)
            continue;
        width += advance(cluster.bytes);
        if (width > width_px) {
            kept.resize(cut_at);
            return kept.append(kEllipsis);
        }
        kept.append(cluster.bytes);
        if (width <= budget && cluster.bytes != " ") cut_at = kept.size();
    }
    return kept;
}

}  // namespace kumquat::gfx
