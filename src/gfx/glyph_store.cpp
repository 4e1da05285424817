#include "gfx/glyph_store.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "imgui_internal.h"

#include "gfx/core/graphemes.h"
#include "misc/freetype/imgui_freetype.h"

namespace kumquat::gfx {

using platform::GlyphBox;
using platform::RasterKind;

// A slot's text that begins with one of these bytes is a letter shifted by that many quarters of a
// pixel; with the next one, a line in the colour of the three bytes that follow. No cluster of a
// text does: control characters are never drawn.
constexpr char kShiftsMax = GlyphStore::kShifts;
constexpr char kInked = kShiftsMax + 1;
constexpr std::size_t kInkBytes = 4;

// Dear ImGui takes plain function pointers; the store is found through the atlas.
struct LoaderFunctions {
    static GlyphStore* store(ImFontAtlas* atlas) {
        return static_cast<GlyphStore*>(atlas->UserData);
    }

    static bool init_source(ImFontAtlas*, ImFontConfig*) { return true; }

    // Asked for U+FFFD and U+2026 when Dear ImGui chooses its fallback characters; the browser has
    // every glyph.
    static bool contains(ImFontAtlas*, ImFontConfig*, ImWchar code_point) {
        return code_point >= ' ';
    }

    // Ascent as in Canvas::baseline_of() for a line as high as its letters, so that plain
    // ImGui::Text agrees with it.
    static bool init_baked(ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*) {
        baked->Ascent = std::floor(baked->Size * 0.87f + 0.5f);
        baked->Descent = baked->Ascent - baked->Size;
        return true;
    }

    static bool load(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*,
                     ImWchar code_point, ImFontGlyph* glyph, float* advance_x) {
        return store(atlas)->load_glyph(source, baked, code_point, glyph, advance_x);
    }
};

const ImFontLoader* GlyphStore::loader() {
    static const ImFontLoader kLoader = [] {
        ImFontLoader made;
        made.Name = "browser";
        made.FontSrcInit = LoaderFunctions::init_source;
        made.FontSrcContainsGlyph = LoaderFunctions::contains;
        made.FontBakedInit = LoaderFunctions::init_baked;
        made.FontBakedLoadGlyph = LoaderFunctions::load;
        return made;
    }();
    return &kLoader;
}

void GlyphStore::attach(ImFontAtlas* atlas) {
    atlas_ = atlas;
    atlas->UserData = this;
    atlas->Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
    for (bool bold : {false, true}) {
        ImFontConfig config;
        config.FontLoader = loader();
        ImStrncpy(config.Name, bold ? "600" : "400", IM_ARRAYSIZE(config.Name));
        fonts_[bold ? 1 : 0] = atlas->AddFont(&config);
    }
}

ImWchar GlyphStore::code_point_of(std::string_view cluster) {
    ClusterTable::Slot slot = clusters_.slot_of(cluster);
    if (slot.fresh) forget_code_point(slot.code_point);
    return slot.code_point;
}

ImWchar GlyphStore::shifted_code_point_of(std::string_view letter, int quarters) {
    // Three of four Latin letters come through here, in every frame.
    unsigned char first = static_cast<unsigned char>(letter.front());
    if (letter.size() == 1 && first < kAscii) {
        ImWchar& known = shifted_[quarters - 1][first];
        if (known == 0) known = make_shifted(letter, quarters);
        return known;
    }
    return make_shifted(letter, quarters);
}

ImWchar GlyphStore::make_shifted(std::string_view letter, int quarters) {
    char bytes[8];
    std::size_t size = std::min(letter.size(), sizeof bytes - 1);
    bytes[0] = static_cast<char>(quarters);
    letter.copy(bytes + 1, size);
    return code_point_of({bytes, size + 1});
}

ImWchar GlyphStore::inked_code_point_of(std::string_view line, std::uint32_t color) {
    std::string bytes = {kInked};
    for (int shift : {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT})
        bytes += static_cast<char>(color >> shift & 0xFF);
    return code_point_of(bytes.append(line));
}

// Somebody may have asked for the slot while nothing stood in it (a private character through
// ImGui::Text).
void GlyphStore::forget_code_point(ImWchar code_point) {
    if (atlas_->Builder == nullptr) return;
    for (int i = 0; i < atlas_->Builder->BakedPool.Size; ++i) {
        ImFontBaked& baked = atlas_->Builder->BakedPool[i];
        if (baked.WantDestroy || code_point >= static_cast<ImWchar>(baked.IndexLookup.Size))
            continue;
        if (baked.IsGlyphLoaded(code_point)) {
            ImFontAtlasBakedDiscardFontGlyph(atlas_, baked.ContainerFont, &baked,
                                             baked.FindGlyphNoFallback(code_point));
        }
        // The discard leaves the fallback's advance there.
        baked.IndexAdvanceX[static_cast<int>(code_point)] = -1;
    }
}

GlyphStore::Content GlyphStore::content_of(ImWchar code_point) const {
    Content content;
    if (!ClusterTable::is_slot(code_point)) {
        char bytes[5];
        ImTextCharToUtf8(bytes, code_point);
        content.text = bytes;
        return content;
    }
    std::string_view text = clusters_.text_of(code_point);
    if (!text.empty() && text.front() > 0 && text.front() <= kShiftsMax) {
        content.quarters = text.front();
        text.remove_prefix(1);
    } else if (text.size() > kInkBytes && text.front() == kInked) {
        content.inked = true;
        content.rgb = 0;
        for (std::size_t i = 1; i < kInkBytes; ++i)
            content.rgb = content.rgb << 8 | static_cast<unsigned char>(text[i]);
        text.remove_prefix(kInkBytes);
    }
    content.text = text;
    return content;
}

bool GlyphStore::load_glyph(ImFontConfig* source, ImFontBaked* baked, ImWchar code_point,
                            ImFontGlyph* glyph, float* advance_x) {
    RasterKind kind = source == fonts_[1]->Sources[0] ? RasterKind::kBold : RasterKind::kRegular;
    Content content = content_of(code_point);
    const std::string& text = content.text;
    std::size_t offset = 0;
    bool invisible = text.empty() || next_cluster(text, &offset).kind == ClusterKind::kControl;
    float advance = invisible ? 0 : raster_->advance(kind, text, baked->Size);
    if (advance_x != nullptr) {
        *advance_x = advance;
        return true;
    }
    glyph->Codepoint = code_point & IM_UNICODE_CODEPOINT_MAX;
    glyph->AdvanceX = advance;
    GlyphBox box = invisible ? GlyphBox{} : raster_->box(kind, text, baked->Size);
    if (box.width <= 0 || box.height <= 0) return true;
    if (content.quarters > 0) ++box.width;
    ImFontAtlasRectId rect_id = ImFontAtlasPackAddRect(atlas_, box.width, box.height);
    // A full atlas: an empty place in the line now, clear() before the next frame.
    if (rect_id == ImFontAtlasRectId_Invalid) return true;
    const ImTextureRect* rect = ImFontAtlasPackGetRect(atlas_, rect_id);
    glyph->X0 = static_cast<float>(box.left);
    glyph->Y0 = baked->Ascent + static_cast<float>(box.top);
    glyph->X1 = glyph->X0 + static_cast<float>(box.width);
    glyph->Y1 = glyph->Y0 + static_cast<float>(box.height);
    glyph->Visible = true;
    glyph->Colored = box.colored || content.inked;
    glyph->PackId = rect_id;
    jobs_.push_back({atlas_->TexData->UniqueID, kind, std::move(content.text), baked->Size,
                     static_cast<float>(content.quarters), content.rgb, rect->x, rect->y, box});
    return true;
}

int GlyphStore::add_sprite(RasterKind kind, std::string_view content, float size_px, float stroke,
                           const GlyphBox& box) {
    ImFontAtlasRectId rect_id = ImFontAtlasPackAddRect(atlas_, box.width, box.height);
    if (rect_id == ImFontAtlasRectId_Invalid) return -1;
    const ImTextureRect* rect = ImFontAtlasPackGetRect(atlas_, rect_id);
    jobs_.push_back({atlas_->TexData->UniqueID, kind, std::string(content), size_px, stroke,
                     kTinted, rect->x, rect->y, box});
    sprites_.push_back({kind, std::string(content), size_px, stroke, box, rect_id});
    return static_cast<int>(sprites_.size()) - 1;
}

bool GlyphStore::sprite_place(int sprite, Place* place) const {
    if (sprite < 0 || static_cast<std::size_t>(sprite) >= sprites_.size()) return false;
    ImFontAtlasRect rect;
    if (!atlas_->GetCustomRect(sprites_[static_cast<std::size_t>(sprite)].rect_id, &rect))
        return false;
    *place = {rect.uv0, rect.uv1};
    return true;
}

void GlyphStore::queue_all_living() {
    int texture = atlas_->TexData->UniqueID;
    // What was reserved in this texture already is among the living.
    jobs_.erase(std::remove_if(jobs_.begin(), jobs_.end(),
                               [&](const Job& job) { return job.texture_unique_id == texture; }),
                jobs_.end());
    for (int i = 0; i < atlas_->Builder->BakedPool.Size; ++i) {
        ImFontBaked& baked = atlas_->Builder->BakedPool[i];
        if (baked.WantDestroy) continue;
        RasterKind kind =
            baked.ContainerFont == fonts_[1] ? RasterKind::kBold : RasterKind::kRegular;
        for (const ImFontGlyph& glyph : baked.Glyphs) {
            if (glyph.PackId == ImFontAtlasRectId_Invalid) continue;
            const ImTextureRect* rect = ImFontAtlasPackGetRect(atlas_, glyph.PackId);
            GlyphBox box{static_cast<int>(glyph.X0), static_cast<int>(glyph.Y0 - baked.Ascent),
                         rect->w, rect->h, glyph.Colored != 0};
            Content content = content_of(glyph.Codepoint);
            jobs_.push_back({texture, kind, std::move(content.text), baked.Size,
                             static_cast<float>(content.quarters), content.rgb, rect->x, rect->y,
                             box});
        }
    }
    for (const Sprite& sprite : sprites_) {
        const ImTextureRect* rect = ImFontAtlasPackGetRectSafe(atlas_, sprite.rect_id);
        if (rect == nullptr) continue;
        jobs_.push_back({texture, sprite.kind, sprite.content, sprite.size_px, sprite.stroke,
                         kTinted, rect->x, rect->y, sprite.box});
    }
}

const ImTextureData* GlyphStore::find_texture(int unique_id) const {
    for (const ImTextureData* texture : atlas_->TexList) {
        if (texture->UniqueID == unique_id) return texture;
    }
    return nullptr;
}

bool GlyphStore::flush() {
    if (atlas_->Builder == nullptr) return false;
    if (atlas_->TexData->UniqueID != shown_texture_) {
        if (atlas_->TexData->TexID == ImTextureID_Invalid) return false;
        shown_texture_ = atlas_->TexData->UniqueID;
        queue_all_living();
    }
    // When the atlas grew within this frame, what was drawn before still points to the old texture:
    // it gets its glyphs too.
    for (const Job& job : jobs_) {
        const ImTextureData* texture = find_texture(job.texture_unique_id);
        if (texture == nullptr || texture->TexID == ImTextureID_Invalid) continue;
        bool letter = job.kind == RasterKind::kRegular || job.kind == RasterKind::kBold;
        platform::RasterJob order;
        order.kind = job.kind;
        order.content = job.content;
        order.size_px = job.size_px;
        order.stroke = letter ? 0 : job.detail;
        order.shift_px = letter ? job.detail * 0.25f : 0;
        order.rgb = job.rgb;
        order.texture = static_cast<std::uint32_t>(texture->TexID);
        order.x = job.x;
        order.y = job.y;
        order.box = job.box;
        raster_->draw(order);
    }
    return !std::exchange(jobs_, {}).empty();
}

void GlyphStore::clear() {
    for (const Sprite& sprite : sprites_)
        atlas_->RemoveCustomRect(sprite.rect_id);
    sprites_.clear();
    jobs_.clear();
    clusters_.clear();
    for (auto& shifted : shifted_)
        std::fill(std::begin(shifted), std::end(shifted), ImWchar{0});
    if (atlas_->Builder == nullptr) return;
    for (ImFont* font : fonts_) {
        ImFontAtlasFontDiscardBakes(atlas_, font, 0);
        font->LastBaked = nullptr;
    }
    atlas_->CompactCache();
}

bool GlyphStore::crowded() const {
    if (clusters_.nearly_full()) return true;
    if (atlas_->Builder == nullptr) return false;
    double room = static_cast<double>(atlas_->TexMaxWidth) * atlas_->TexMaxHeight;
    return atlas_->Builder->RectsPackedSurface - atlas_->Builder->RectsDiscardedSurface >
           room * 0.6;
}

}  // namespace kumquat::gfx

// Dear ImGui is built as if FreeType supplied its default font loader: that leaves stb_truetype out
// of the page, and this in.
const ImFontLoader* ImGuiFreeType::GetFontLoader() {
    return kumquat::gfx::GlyphStore::loader();
}
