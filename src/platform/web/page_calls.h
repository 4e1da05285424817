// The border to JavaScript: every function that the page's scripts (web/) offer to C++, and those
// that they call.
//
// Calls go through web/library.js, which holds one-line forwards only; what they do stands in
// web/page/. Text crosses as pointer and length in UTF-8, numbers as double or int, never as 64-bit
// integers. A returned text is a block made with kq_alloc(): length (32 bits), then bytes;
// take_text() frees it. 0 means "none".
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

extern "C" {

// --- frames.js ---
double kq_now(void);
double kq_wall_clock(void);
void kq_request_frame(void);
void kq_set_timer(double delay_ms);
void kq_request_idle(void);
void kq_random(unsigned char* bytes, int count);
/// Of the longest beginning of `text`, which ends with 0, that is a decimal number; `used` becomes
/// its size in bytes, or 0.
double kq_parse_number(const char* text, int* used);

// --- environment.js, stage.js ---
/// Fills an array in the order of EnvironmentNumber (web_environment.h).
void kq_environment(float* numbers);
char* kq_environment_text(int which);
char* kq_config(const char* key, int key_size);
int kq_system_color(int which);
void kq_set_theme(int dark, int rgb);
void kq_set_language(const char* text, int size);
void kq_set_cursor(const char* text, int size);
void kq_reload(void);
/// Gives the canvas its size, if it has another; just before drawing, because it clears it.
void kq_apply_size(int width_px, int height_px);
void kq_show_restoring(int on);
/// Plain words instead of the app: no WebGL 2.
void kq_show_unsupported(void);
/// Starts to listen to the browser. Events come from then on.
void kq_start(void);

// --- fields.js ---
void kq_field_make(const char* id, int id_size, int kind);
void kq_field_place(const char* id, int id_size, const float* numbers);
void kq_field_colors(const char* id, int id_size, int text, int placeholder, int caret,
                     int selection);
void kq_field_names(const char* id, int id_size, const char* placeholder, int placeholder_size,
                    const char* label, int label_size, const char* description,
                    int description_size);
void kq_field_states(const char* id, int id_size, int bits, int length_max);
void kq_field_show(const char* id, int id_size, int shown);
void kq_field_remove(const char* id, int id_size);
void kq_field_set_text(const char* id, int id_size, const char* text, int text_size);
void kq_field_insert(const char* id, int id_size, const char* text, int text_size);
void kq_field_focus(const char* id, int id_size);
void kq_field_select_all(const char* id, int id_size);

// --- mirror.js ---
void kq_node_create(const char* key, int key_size, int role, int level, const char* parent,
                    int parent_size, const char* after, int after_size);
void kq_node_move(const char* key, int key_size, const char* parent, int parent_size,
                  const char* after, int after_size);
void kq_node_remove(const char* key, int key_size);
void kq_node_text(const char* key, int key_size, int which, const char* text, int text_size);
void kq_node_place(const char* key, int key_size, const float* numbers);
void kq_node_state(const char* key, int key_size, int bits, int position, int set_size,
                   int percent);
void kq_node_focus(const char* key, int key_size);
void kq_node_select(const char* key, int key_size);
void kq_mirror_done(void);
void kq_announce(const char* text, int size, int assertive);

// --- glyphs.js ---
double kq_glyph_advance(int kind, const char* text, int size, double size_px);
/// Fills left, top, width, height; returns 1 if it has colours of its own.
int kq_glyph_box(int kind, const char* text, int size, double size_px, int* box);
void kq_glyph_draw(int kind, const char* text, int size, double size_px, double stroke,
                   double shift_px, int rgb, int texture, int x, int y, const int* box);

// --- storage.js ---
char* kq_stored(int area, const char* key, int key_size);
/// 0, or 1 for forbidden, 2 for full.
int kq_store(int area, const char* key, int key_size, const char* value, int value_size);
void kq_records_apply(int request, const char* user, int user_size, const unsigned char* changes,
                      int changes_size);
void kq_records_load(int request, const char* user, int user_size, int kind);
void kq_records_erase(int request, const char* user, int user_size);

// --- tab.js ---
void kq_copy(int request, const char* text, int size);
void kq_set_title(const char* text, int size);
void kq_set_badge(int on);
char* kq_fragment(void);
void kq_set_fragment(const char* text, int size, int push);
void kq_back(void);
void kq_mark(const char* name, int name_size, const char* conversation, int conversation_size,
             double seq);
void kq_lock(const char* name, int size);
void kq_unlock(const char* name, int size);
char* kq_format_date(double time_ms, int form, const char* language, int size);
/// Minutes that local time is ahead of UTC at `time_ms`.
int kq_utc_offset(double time_ms);
void kq_save_file(const char* name, int name_size, const char* type, int type_size,
                  const char* content, int content_size);
void kq_load_file(const char* name, int size);

// --- notify.js ---
/// A NotePermission.
int kq_note_permission(void);
void kq_note_request(int request);
void kq_note_show(const char* tag, int tag_size, const char* title, int title_size,
                  const char* text, int text_size);
void kq_note_close(const char* tag, int size);
void kq_chime(void);

// --- pinyin.js ---
char* kq_spell(const char* text, int size);

// --- pictures.js, blobs.js, textures.js, viewer.js ---
void kq_pick(int purpose);
void kq_picture_prepare(const char* user, int user_size, const char* key, int key_size,
                        int purpose);
void kq_picture_forget(const char* user, int user_size, const char* key, int key_size);
/// `keys` are pieces (pieces.h).
void kq_picture_keep_only(const char* user, int user_size, const char* keys, int keys_size);
void kq_blob_upload(double number, const char* user, int user_size, const char* key, int key_size,
                    int rendition, const char* session, int session_size);
void kq_blob_abort(double number);
void kq_texture_load(double number, const char* id, int id_size, const char* user, int user_size,
                     const char* key, int key_size, int rendition, int width_px);
void kq_texture_drop(double number);
void kq_texture_fill(double number, int texture);
double kq_texture_bytes_max(void);
/// `texts` are pieces: see WebViewer::show().
void kq_viewer_show(const char* texts, int texts_size, double width, double height,
                    int has_previous, int has_next);
void kq_viewer_close(void);

// --- local.js ---
void kq_local_open(double number);
/// 0 if the connection is not open.
int kq_local_send(double number, const char* text, int size);
void kq_local_close(double number);
/// As kq_local_close(), and nothing more is heard of it.
void kq_local_forget(double number);
/// Bits: 1 the service runs, 2 nobody has an account yet.
int kq_local_state(void);
/// A LocalAct (local_home.h).
void kq_local_act(int act);
void kq_local_open_tab(const char* fragment, int size);

// --- called by the scripts; see web/library.js ---
char* kq_alloc(int size);
void kq_free(char* block);

}  // extern "C"

namespace kumquat::platform::web {

inline int size_of(std::string_view text) {
    return static_cast<int>(text.size());
}

/// The text of a returned block.
inline std::optional<std::string> take_text(char* block) {
    if (block == nullptr) return std::nullopt;
    std::uint32_t size = 0;
    std::memcpy(&size, block, sizeof size);
    std::string text(block + sizeof size, size);
    kq_free(block);
    return text;
}

}  // namespace kumquat::platform::web
