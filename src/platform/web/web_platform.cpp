#include "platform/web/web_platform.h"

#include <string>

#include <emscripten/emscripten.h>
#include <emscripten/html5.h>

#include "platform/rendition.h"
#include "platform/web/page_calls.h"
#include "platform/web/port_transport.h"
#include "platform/web/web_environment.h"
#include "platform/web/web_fields.h"
#include "platform/web/web_local.h"
#include "platform/web/web_mirror.h"
#include "platform/web/web_pictures.h"
#include "platform/web/web_scheduler.h"
#include "platform/web/web_storage.h"
#include "platform/web/web_tab.h"

namespace kumquat::platform::web {

struct WebPlatform::Parts {
    float pixel_ratio = 1;
    WebClock clock;
    WebRandom random;
    WebScheduler scheduler;
    WebEnvironment environment;
    WebInput input;
    WebFields fields{&pixel_ratio};
    WebMirror mirror{&pixel_ratio};
    /// To the server; null in a page that has none.
    std::unique_ptr<Transport> socket;
    PortTransport port;
    WebStorage storage;
    WebClipboard clipboard;
    WebHistory history;
    WebMarks marks;
    WebLocks locks;
    WebDates dates;
    WebGlyphs glyphs;
    WebFiles files;
    WebNotifier notifier;
    WebPinyin pinyin;
    WebPictures pictures;
    WebBlobs blobs;
    WebLoader loader;
    WebViewer viewer;
    WebLocal local;
    std::function<void()> graphics_lost;
    std::function<void()> graphics_restored;

    void read_environment();
};

namespace {

constexpr const char* kCanvas = "#canvas";

// The page's scripts call plain functions; there is one page.
WebPlatform::Parts* g_parts = nullptr;

using Bool = decltype(EmscriptenFullscreenChangeEvent::isFullscreen);

bool create_context() {
    EmscriptenWebGLContextAttributes attributes;
    emscripten_webgl_init_context_attributes(&attributes);
    attributes.majorVersion = 2;
    attributes.alpha = false;
    attributes.depth = false;
    attributes.stencil = false;
    attributes.antialias = false;
    attributes.powerPreference = EM_WEBGL_POWER_PREFERENCE_LOW_POWER;
    EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context = emscripten_webgl_create_context(kCanvas, &attributes);
    return context > 0 &&
           emscripten_webgl_make_context_current(context) == EMSCRIPTEN_RESULT_SUCCESS;
}

// Returning true keeps the browser from giving the context up for good.
Bool on_context_lost(int, const void*, void*) {
    if (g_parts->graphics_lost) g_parts->graphics_lost();
    kq_show_restoring(1);
    return true;
}

Bool on_context_restored(int, const void*, void*) {
    kq_show_restoring(0);
    if (g_parts->graphics_restored) g_parts->graphics_restored();
    g_parts->scheduler.invalidate(FrameReason::kRestored);
    return true;
}

std::string_view view(const char* text, int size) {
    return {text, static_cast<std::size_t>(size)};
}

Modifiers modifiers_of(int bits) {
    return {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0};
}

KeyEvent key_event(const char* code, int size, int modifiers, int down, int repeat) {
    return {key_from_code(view(code, size)), modifiers_of(modifiers), down != 0, repeat != 0,
            kq_now()};
}

}  // namespace

WebPlatform::WebPlatform(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
WebPlatform::~WebPlatform() = default;

std::unique_ptr<WebPlatform> WebPlatform::create(std::unique_ptr<Transport> socket) {
    if (!create_context()) {
        kq_show_unsupported();
        return nullptr;
    }
    auto parts = std::make_unique<Parts>();
    g_parts = parts.get();
    g_parts->pixel_ratio = g_parts->environment.state().pixel_ratio;
    g_parts->socket = std::move(socket);
    emscripten_set_webglcontextlost_callback(kCanvas, nullptr, false, on_context_lost);
    emscripten_set_webglcontextrestored_callback(kCanvas, nullptr, false, on_context_restored);
    return std::unique_ptr<WebPlatform>(new WebPlatform(std::move(parts)));
}

Platform WebPlatform::platform() {
    Parts& p = *parts_;
    Transport& transport = p.socket ? *p.socket : static_cast<Transport&>(p.port);
    return {p.clock,    p.random,  p.scheduler, p.environment, p.input,    p.fields,
            p.mirror,   transport, p.storage,   p.clipboard,   p.history,  p.marks,
            p.locks,    p.dates,   p.glyphs,    p.files,       p.notifier, p.pinyin,
            p.pictures, p.blobs,   p.loader,    p.viewer,      p.local};
}

void WebPlatform::on_graphics(std::function<void()> lost, std::function<void()> restored) {
    parts_->graphics_lost = std::move(lost);
    parts_->graphics_restored = std::move(restored);
}

void WebPlatform::start() {
    kq_start();
    parts_->scheduler.invalidate(FrameReason::kModel);
}

void WebPlatform::Parts::read_environment() {
    if (!environment.read()) return;
    const EnvironmentState& state = environment.state();
    if (state.pixel_ratio != pixel_ratio) {
        pixel_ratio = state.pixel_ratio;
        fields.resend_places();
        mirror.resend_places();
    }
    scheduler.set_visible(state.visible);
    scheduler.invalidate(FrameReason::kResize);
    environment.notify();
}

}  // namespace kumquat::platform::web

using namespace kumquat::platform;
using namespace kumquat::platform::web;

// What the page's scripts call. Everything comes in through here, once WebPlatform::start() was
// called.
extern "C" {

EMSCRIPTEN_KEEPALIVE char* kq_alloc(int size) {
    return static_cast<char*>(std::malloc(static_cast<std::size_t>(size)));
}
EMSCRIPTEN_KEEPALIVE void kq_free(char* block) {
    std::free(block);
}

EMSCRIPTEN_KEEPALIVE void kq_on_frame(double now_ms) {
    const EnvironmentState& state = g_parts->environment.state();
    kq_apply_size(state.width_px, state.height_px);
    g_parts->scheduler.on_animation_frame(now_ms);
}
EMSCRIPTEN_KEEPALIVE void kq_on_timer() {
    g_parts->scheduler.on_timer();
}
EMSCRIPTEN_KEEPALIVE void kq_on_idle() {
    g_parts->scheduler.on_idle();
}
EMSCRIPTEN_KEEPALIVE int kq_is_idle() {
    return g_parts->scheduler.idle() ? 1 : 0;
}
EMSCRIPTEN_KEEPALIVE double kq_frames_count() {
    return static_cast<double>(g_parts->scheduler.frames_count());
}

EMSCRIPTEN_KEEPALIVE void kq_on_environment() {
    g_parts->read_environment();
}
EMSCRIPTEN_KEEPALIVE void kq_on_page_restored() {
    g_parts->environment.notify_restored();
    g_parts->scheduler.invalidate(FrameReason::kRestored);
}
EMSCRIPTEN_KEEPALIVE void kq_on_fonts_changed() {
    if (g_parts->glyphs.listener != nullptr) g_parts->glyphs.listener->on_fonts_changed();
    g_parts->scheduler.invalidate(FrameReason::kTextures);
}

EMSCRIPTEN_KEEPALIVE void kq_on_pointer(int action, int source, int button, double css_x,
                                        double css_y) {
    if (g_parts->input.listener == nullptr) return;
    float k = g_parts->pixel_ratio;
    g_parts->input.listener->on_pointer(
        {static_cast<PointerAction>(action),
         static_cast<PointerSource>(source),
         static_cast<PointerButton>(button),
         {static_cast<float>(css_x) * k, static_cast<float>(css_y) * k},
         kq_now()});
    g_parts->scheduler.invalidate(FrameReason::kInput);
}

EMSCRIPTEN_KEEPALIVE int kq_on_wheel(double css_x, double css_y, double dx, double dy, int mode) {
    if (g_parts->input.listener == nullptr) return 0;
    // A line is that of the body text; a page is what is seen of it.
    constexpr float kLineCssPx = 22;
    float k = g_parts->pixel_ratio;
    float page = static_cast<float>(g_parts->environment.state().height_px) / k;
    bool used = g_parts->input.listener->on_wheel(
        {{static_cast<float>(css_x) * k, static_cast<float>(css_y) * k},
         wheel_css_px(static_cast<float>(dx), mode, kLineCssPx, page) * k,
         wheel_css_px(static_cast<float>(dy), mode, kLineCssPx, page) * k,
         kq_now()});
    g_parts->scheduler.invalidate(FrameReason::kInput);
    return used ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE int kq_on_key(const char* code, int size, int modifiers, int down,
                                   int repeat) {
    if (g_parts->input.listener == nullptr) return 0;
    bool used = g_parts->input.listener->on_key(key_event(code, size, modifiers, down, repeat));
    g_parts->scheduler.invalidate(FrameReason::kInput);
    return used ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void kq_on_input_lost() {
    if (g_parts->input.listener != nullptr) g_parts->input.listener->on_input_lost();
    g_parts->scheduler.invalidate(FrameReason::kInput);
}

EMSCRIPTEN_KEEPALIVE void kq_on_field_text(const char* id, int id_size, const char* text,
                                           int text_size) {
    g_parts->fields.on_text(view(id, id_size), view(text, text_size));
    g_parts->scheduler.invalidate(FrameReason::kInput);
}
EMSCRIPTEN_KEEPALIVE void kq_on_field_focus(const char* id, int size, int focused) {
    g_parts->fields.on_focus(view(id, size), focused != 0);
    g_parts->scheduler.invalidate(FrameReason::kInput);
}
EMSCRIPTEN_KEEPALIVE void kq_on_field_composition(const char* id, int size, int composing) {
    g_parts->fields.on_composition(view(id, size), composing != 0);
    g_parts->scheduler.invalidate(FrameReason::kInput);
}
EMSCRIPTEN_KEEPALIVE void kq_on_field_height(const char* id, int size, double css_height) {
    g_parts->fields.on_height(view(id, size),
                              static_cast<float>(css_height) * g_parts->pixel_ratio);
    g_parts->scheduler.invalidate(FrameReason::kInput);
}
EMSCRIPTEN_KEEPALIVE int kq_on_field_key(const char* id, int id_size, const char* code,
                                         int code_size, int modifiers, int repeat) {
    bool used =
        g_parts->fields.on_key(view(id, id_size), key_event(code, code_size, modifiers, 1, repeat));
    g_parts->scheduler.invalidate(FrameReason::kInput);
    return used ? 1 : 0;
}
/// Returns an EnterMeaning; a submit has been carried out already.
EMSCRIPTEN_KEEPALIVE int kq_on_field_enter(const char* id, int size, int modifiers, int multi_line,
                                           int event_composing, int key_code,
                                           double since_composition_ms) {
    EnterPress press;
    press.modifiers = modifiers_of(modifiers);
    press.multi_line = multi_line != 0;
    press.coarse_pointer = g_parts->environment.state().coarse_pointer;
    press.composing = g_parts->fields.composing();
    press.event_composing = event_composing != 0;
    press.key_code = key_code;
    press.since_composition_ms = since_composition_ms;
    EnterMeaning meaning = enter_meaning(press);
    if (meaning == EnterMeaning::kSubmit) {
        g_parts->fields.on_submit(view(id, size));
        g_parts->scheduler.invalidate(FrameReason::kInput);
    }
    return static_cast<int>(meaning);
}

EMSCRIPTEN_KEEPALIVE void kq_on_node_activate(const char* key, int size) {
    if (g_parts->mirror.listener != nullptr) g_parts->mirror.listener->on_activate(view(key, size));
    g_parts->scheduler.invalidate(FrameReason::kInput);
}
EMSCRIPTEN_KEEPALIVE void kq_on_node_context_menu(const char* key, int size) {
    if (g_parts->mirror.listener != nullptr)
        g_parts->mirror.listener->on_context_menu(view(key, size));
    g_parts->scheduler.invalidate(FrameReason::kInput);
}
EMSCRIPTEN_KEEPALIVE void kq_on_node_focus(const char* key, int size, int by_keyboard) {
    g_parts->mirror.on_focus(view(key, size), by_keyboard != 0);
    g_parts->scheduler.invalidate(FrameReason::kInput);
}
EMSCRIPTEN_KEEPALIVE void kq_on_node_lost(const char* key, int size) {
    g_parts->mirror.on_lost(view(key, size));
    g_parts->scheduler.invalidate(FrameReason::kInput);
}
EMSCRIPTEN_KEEPALIVE void kq_on_text_selected(const char* first, int first_size, const char* last,
                                              int last_size) {
    if (g_parts->mirror.listener != nullptr) {
        g_parts->mirror.listener->on_text_selected(view(first, first_size), view(last, last_size));
    }
    g_parts->scheduler.invalidate(FrameReason::kInput);
}
EMSCRIPTEN_KEEPALIVE int kq_on_node_key(const char* key, int key_size, const char* code,
                                        int code_size, int modifiers, int repeat) {
    if (g_parts->mirror.listener == nullptr) return 0;
    bool used = g_parts->mirror.listener->on_node_key(
        view(key, key_size), key_event(code, code_size, modifiers, 1, repeat));
    g_parts->scheduler.invalidate(FrameReason::kInput);
    return used ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void kq_on_stored(int request, int failure, const char* block, int size) {
    g_parts->storage.on_answer(request, failure, view(block, size));
}
EMSCRIPTEN_KEEPALIVE void kq_on_copied(int request, int ok) {
    g_parts->clipboard.on_answer(request, ok != 0);
}
EMSCRIPTEN_KEEPALIVE void kq_on_file_loaded(int ok, const char* text, int size) {
    g_parts->files.on_loaded(ok != 0, view(text, size));
}
EMSCRIPTEN_KEEPALIVE void kq_on_note_answer(int request) {
    g_parts->notifier.on_answer(request);
    g_parts->scheduler.invalidate(FrameReason::kModel);
}
EMSCRIPTEN_KEEPALIVE void kq_on_note_chosen(const char* tag, int size) {
    if (g_parts->notifier.listener != nullptr)
        g_parts->notifier.listener->on_note_chosen(view(tag, size));
    g_parts->scheduler.invalidate(FrameReason::kModel);
}

EMSCRIPTEN_KEEPALIVE void kq_on_picture_drag(int over) {
    if (g_parts->pictures.listener != nullptr)
        g_parts->pictures.listener->on_picture_drag(over != 0);
    g_parts->scheduler.invalidate(FrameReason::kInput);
}
EMSCRIPTEN_KEEPALIVE void kq_on_picked(int purpose, const char* block, int size) {
    g_parts->pictures.on_picked(static_cast<PicturePurpose>(purpose), view(block, size));
    g_parts->scheduler.invalidate(FrameReason::kInput);
}
/// `sizes`: nine 64-bit floating-point numbers, or none if it failed.
EMSCRIPTEN_KEEPALIVE void kq_on_prepared(const char* key, int key_size, int failure, int kept,
                                         int format, const char* sizes, int sizes_size) {
    double numbers[3 * kumquat::limits::kRenditions] = {};
    if (sizes_size == static_cast<int>(sizeof numbers)) std::memcpy(numbers, sizes, sizeof numbers);
    g_parts->pictures.on_prepared(view(key, key_size), failure, kept != 0, format, numbers);
    g_parts->scheduler.invalidate(FrameReason::kModel);
}
/// One side of a rendition; `which` 0 is the width.
EMSCRIPTEN_KEEPALIVE double kq_rendition_side(double width, double height, double side, int which) {
    PictureSize size =
        rendition_size({static_cast<std::int64_t>(width), static_cast<std::int64_t>(height)},
                       static_cast<std::int64_t>(side));
    return static_cast<double>(which == 0 ? size.width : size.height);
}
EMSCRIPTEN_KEEPALIVE void kq_on_blob_progress(double number, double sent) {
    if (g_parts->blobs.listener != nullptr) {
        g_parts->blobs.listener->on_blob_progress(static_cast<std::int64_t>(number),
                                                  static_cast<std::int64_t>(sent));
    }
}
EMSCRIPTEN_KEEPALIVE void kq_on_blob_done(double number, int status, int code, const char* id,
                                          int id_size, double retry_after_ms) {
    BlobAnswer answer;
    answer.status = status;
    answer.code = code;
    answer.id = std::string(view(id, id_size));
    answer.retry_after_ms = static_cast<std::int64_t>(retry_after_ms);
    g_parts->blobs.on_done(static_cast<std::int64_t>(number), blob_result(answer));
}
EMSCRIPTEN_KEEPALIVE void kq_on_blob_missing(double number) {
    g_parts->blobs.on_done(
        static_cast<std::int64_t>(number),
        kumquat::Error{kumquat::ErrorCode::kUnknownPicture, "not on this device any more"});
}
EMSCRIPTEN_KEEPALIVE void kq_on_picture_decoded(double number, int width, int height) {
    if (g_parts->loader.listener != nullptr) {
        g_parts->loader.listener->on_picture_decoded(static_cast<LoadNumber>(number), width,
                                                     height);
    }
    g_parts->scheduler.invalidate(FrameReason::kTextures);
}
EMSCRIPTEN_KEEPALIVE void kq_on_picture_failed(double number, int never) {
    if (g_parts->loader.listener != nullptr) {
        g_parts->loader.listener->on_picture_failed(
            static_cast<LoadNumber>(number),
            never != 0 ? LoadFailure::kNever : LoadFailure::kLater);
    }
    g_parts->scheduler.invalidate(FrameReason::kTextures);
}
EMSCRIPTEN_KEEPALIVE void kq_on_viewer_step(int direction) {
    if (g_parts->viewer.listener != nullptr) g_parts->viewer.listener->on_viewer_step(direction);
}
EMSCRIPTEN_KEEPALIVE void kq_on_viewer_closed() {
    if (g_parts->viewer.listener != nullptr) g_parts->viewer.listener->on_viewer_closed();
    g_parts->scheduler.invalidate(FrameReason::kModel);
}

EMSCRIPTEN_KEEPALIVE void kq_on_fragment(const char* fragment, int size) {
    if (g_parts->history.listener != nullptr)
        g_parts->history.listener->on_fragment(view(fragment, size));
    g_parts->scheduler.invalidate(FrameReason::kModel);
}
EMSCRIPTEN_KEEPALIVE void kq_on_local_opened(double number) {
    g_parts->port.on_opened(number);
}
EMSCRIPTEN_KEEPALIVE void kq_on_local_text(double number, const char* text, int size) {
    g_parts->port.on_text(number, view(text, size));
}
EMSCRIPTEN_KEEPALIVE void kq_on_local_closed(double number, int code, const char* reason,
                                             int size) {
    g_parts->port.on_closed(number, code, view(reason, size));
}
EMSCRIPTEN_KEEPALIVE void kq_on_local_state() {
    if (g_parts->local.listener != nullptr) g_parts->local.listener->on_local_state();
    g_parts->scheduler.invalidate(FrameReason::kModel);
}
EMSCRIPTEN_KEEPALIVE void kq_on_local_done(int act, int code) {
    if (g_parts->local.listener != nullptr) {
        kumquat::Status outcome;
        if (code != 0) outcome = kumquat::Error{static_cast<kumquat::ErrorCode>(code), ""};
        g_parts->local.listener->on_local_done(static_cast<LocalAct>(act), outcome);
    }
    g_parts->scheduler.invalidate(FrameReason::kModel);
}
EMSCRIPTEN_KEEPALIVE void kq_on_locked(const char* name, int size) {
    g_parts->locks.on_granted(std::string(view(name, size)));
}

}  // extern "C"
