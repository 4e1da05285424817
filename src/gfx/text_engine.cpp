#include "gfx/text_engine.h"

#include <algorithm>
#include <cmath>

#include "imgui.h"

#include "gfx/glyph_store.h"

namespace kumquat::gfx {
namespace {

// A cache of words and rare characters that grew beyond this starts anew.
constexpr std::size_t kMeasuredMax = 20'000;
constexpr int kTabBlanks = 4;
// 25 ms on a slow machine without a GPU.
constexpr int kFreshPerFrame = 200;

// Every font gives Han characters one advance; measuring one of them saves 20,000 questions.
bool is_han(char32_t c) {
    return c >= 0x4E00 && c <= 0x9FFF;
}

// Letters whose place in a word is seen: Latin, Greek, Cyrillic and their punctuation.
bool is_narrow(const Cluster& cluster) {
    return cluster.kind == ClusterKind::kSimple &&
           (cluster.first < 0x590 || (cluster.first >= 0x1E00 && cluster.first < 0x2030));
}

ImWchar code_point_of(GlyphStore& glyphs, const Cluster& cluster) {
    return cluster.kind == ClusterKind::kSimple ? static_cast<ImWchar>(cluster.first)
                                                : glyphs.code_point_of(cluster.bytes);
}

bool is_seen(const ImDrawList* list, float baseline, float size_px) {
    ImVec2 top_left = list->GetClipRectMin();
    ImVec2 bottom_right = list->GetClipRectMax();
    return baseline + size_px > top_left.y && baseline - size_px * 1.5f < bottom_right.y &&
           top_left.x < bottom_right.x;
}

}  // namespace

TextEngine::Advances::Advances() {
    std::fill(std::begin(ascii), std::end(ascii), -1.0f);
}

TextEngine::Advances& TextEngine::advances_of(const TextStyle& style) {
    return advances_[static_cast<std::uint32_t>(style.size_px) * 2 + (style.bold ? 1 : 0)];
}

float TextEngine::measured(Advances& cache, const TextStyle& style, std::string_view bytes) {
    std::string key(bytes);
    auto found = cache.others.find(key);
    if (found != cache.others.end()) return found->second;
    if (cache.others.size() >= kMeasuredMax) cache.others.clear();
    platform::RasterKind kind =
        style.bold ? platform::RasterKind::kBold : platform::RasterKind::kRegular;
    float width = glyphs_->raster().advance(kind, bytes, style.size_px);
    cache.others.emplace(std::move(key), width);
    return width;
}

float TextEngine::advance(Advances& cache, const TextStyle& style, const Cluster& cluster) {
    char32_t c = cluster.first;
    if (c == '\t') return kTabBlanks * ascii_advance(cache, style, ' ');
    if (cluster.kind == ClusterKind::kControl) return 0;
    if (cluster.kind == ClusterKind::kSimple && c < 128) {
        if (style.tabular && c >= '0' && c <= '9') c = '0';
        return ascii_advance(cache, style, static_cast<char>(c));
    }
    if (cluster.kind == ClusterKind::kSimple && is_han(c)) {
        if (cache.han < 0) cache.han = measured(cache, style, "国");
        return cache.han;
    }
    return measured(cache, style, cluster.bytes);
}

void TextEngine::begin_frame() {
    fresh_left_ = kFreshPerFrame;
    missing_ = false;
}

float TextEngine::ascii_advance(Advances& cache, const TextStyle& style, char letter) {
    float& known = cache.ascii[static_cast<unsigned char>(letter)];
    if (known < 0) known = measured(cache, style, {&letter, 1});
    return known;
}

AdvanceFn TextEngine::advance_fn(const TextStyle& style) {
    return [this, style, &cache = advances_of(style)](std::string_view bytes) {
        std::size_t offset = 0;
        return advance(cache, style, next_cluster(bytes, &offset));
    };
}

float TextEngine::width(const TextStyle& style, std::string_view text) {
    Advances& cache = advances_of(style);
    if (needs_one_piece(text)) return measured(cache, style, text);
    float width = 0;
    for (std::size_t offset = 0; offset < text.size();)
        width += advance(cache, style, next_cluster(text, &offset));
    return width;
}

float TextEngine::draw(ImDrawList* list, float x, float baseline, const TextStyle& style,
                       std::uint32_t color, std::string_view text) {
    baseline = std::floor(baseline + 0.5f);
    if ((color & IM_COL32_A_MASK) == 0 || !is_seen(list, baseline, style.size_px))
        return width(style, text);
    Advances& cache = advances_of(style);
    if (needs_one_piece(text)) {
        // The shapes of letters and their order on the line are the browser's business.
        draw_glyph(list, x, baseline, style, color, {text, ClusterKind::kRun, 0});
        return measured(cache, style, text);
    }
    float pen = x;
    for (std::size_t offset = 0; offset < text.size();) {
        Cluster cluster = next_cluster(text, &offset);
        float step = advance(cache, style, cluster);
        float at = pen;
        if (style.tabular && cluster.first >= '0' && cluster.first <= '9') {
            // Narrow digits stand in the middle of their place.
            TextStyle own = style;
            own.tabular = false;
            at += (step - advance(cache, own, cluster)) * 0.5f;
        }
        if (cluster.first != ' ' && cluster.kind != ClusterKind::kControl) {
            draw_glyph(list, at, baseline, style, color, cluster);
        }
        pen += step;
    }
    return pen - x;
}

void TextEngine::draw_glyph(ImDrawList* list, float x, float baseline, const TextStyle& style,
                            std::uint32_t color, const Cluster& cluster) {
    ImFontBaked* baked = glyphs_->font(style.bold)->GetFontBaked(style.size_px);
    float whole = std::floor(x + 0.5f);
    ImWchar code_point = 0;
    if (subpixel_ && is_narrow(cluster)) {
        float quarters = std::floor(x * 4 + 0.5f);
        whole = std::floor(quarters / 4);
        int shift = static_cast<int>(quarters - whole * 4);
        if (shift > 0) code_point = glyphs_->shifted_code_point_of(cluster.bytes, shift);
    }
    if (cluster.kind == ClusterKind::kRun && has_emoji(cluster.bytes))
        code_point = glyphs_->inked_code_point_of(cluster.bytes, color);
    if (code_point == 0) code_point = code_point_of(*glyphs_, cluster);
    if (!baked->IsGlyphLoaded(code_point)) {
        if (fresh_left_ == 0) {
            missing_ = true;
            return;
        }
        --fresh_left_;
    }
    const ImFontGlyph* glyph = baked->FindGlyph(code_point);
    if (!glyph->Visible) return;
    float left = whole + glyph->X0;
    float top = baseline - baked->Ascent + glyph->Y0;
    if (glyph->Colored) color |= ~static_cast<std::uint32_t>(IM_COL32_A_MASK);
    list->PrimReserve(6, 4);
    list->PrimRectUV({left, top}, {left + glyph->X1 - glyph->X0, top + glyph->Y1 - glyph->Y0},
                     {glyph->U0, glyph->V0}, {glyph->U1, glyph->V1}, color);
}

int TextEngine::load(const TextStyle& style, std::string_view text, int count_max) {
    ImFontBaked* baked = glyphs_->font(style.bold)->GetFontBaked(style.size_px);
    int made = 0;
    bool one_piece = needs_one_piece(text);
    for (std::size_t offset = 0; offset < text.size() && made < count_max;) {
        Cluster cluster = {text, ClusterKind::kRun, 0};
        if (one_piece) {
            // In which colour is known when it is drawn.
            if (has_emoji(text)) return made;
            offset = text.size();
        } else {
            cluster = next_cluster(text, &offset);
        }
        if (cluster.kind == ClusterKind::kControl || cluster.first == ' ') continue;
        ImWchar code_point = code_point_of(*glyphs_, cluster);
        if (baked->IsGlyphLoaded(code_point)) continue;
        baked->FindGlyph(code_point);
        ++made;
    }
    return made;
}

}  // namespace kumquat::gfx
