#include "platform/web/web_tab.h"

#include <cstdlib>
#include <utility>

#include "platform/web/page_calls.h"

namespace kumquat::platform::web {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 86'400'000;
// A form of kq_format_date() beyond DateForm: the year in digits.
constexpr int kFormYear = 100;

std::int64_t local_ms(TimeMs time) {
    return time.value() + kq_utc_offset(static_cast<double>(time.value())) * kMinuteMs;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace

void WebClipboard::write_text(std::string_view text, std::function<void(bool)> done) {
    int request = next_request_++;
    waiting_[request] = std::move(done);
    kq_copy(request, text.data(), size_of(text));
}

void WebClipboard::on_answer(int request, bool ok) {
    auto found = waiting_.find(request);
    if (found == waiting_.end()) return;
    std::function<void(bool)> done = std::move(found->second);
    waiting_.erase(found);
    if (done) done(ok);
}

void WebFiles::save(const SavedFile& file) {
    kq_save_file(file.name.data(), size_of(file.name), file.media_type.data(),
                 size_of(file.media_type), file.content.data(), size_of(file.content));
}

void WebFiles::load(std::string_view name, std::function<void(std::optional<std::string>)> done) {
    waiting_ = std::move(done);
    kq_load_file(name.data(), size_of(name));
}

void WebFiles::on_loaded(bool ok, std::string_view text) {
    auto done = std::exchange(waiting_, nullptr);
    if (done) done(ok ? std::optional<std::string>(text) : std::nullopt);
}

NotePermission WebNotifier::permission() const {
    return static_cast<NotePermission>(kq_note_permission());
}

void WebNotifier::request(std::function<void(NotePermission)> done) {
    int request = next_request_++;
    waiting_[request] = std::move(done);
    kq_note_request(request);
}

void WebNotifier::show(const Note& note) {
    kq_note_show(note.tag.data(), size_of(note.tag), note.title.data(), size_of(note.title),
                 note.text.data(), size_of(note.text));
}

void WebNotifier::close(std::string_view tag) {
    kq_note_close(tag.data(), size_of(tag));
}

void WebNotifier::chime() {
    kq_chime();
}

void WebNotifier::on_answer(int request) {
    auto found = waiting_.find(request);
    if (found == waiting_.end()) return;
    std::function<void(NotePermission)> done = std::move(found->second);
    waiting_.erase(found);
    if (done) done(permission());
}

void WebHistory::set_title(std::string_view title) {
    if (title_ == title) return;
    title_ = std::string(title);
    kq_set_title(title.data(), size_of(title));
}

void WebHistory::set_badge(bool on) {
    if (badge_ == on) return;
    badge_ = on;
    kq_set_badge(on ? 1 : 0);
}

std::string WebHistory::fragment() const {
    return take_text(kq_fragment()).value_or("");
}
void WebHistory::push(std::string_view fragment) {
    kq_set_fragment(fragment.data(), size_of(fragment), 1);
}
void WebHistory::replace(std::string_view fragment) {
    kq_set_fragment(fragment.data(), size_of(fragment), 0);
}
void WebHistory::back() {
    kq_back();
}

void WebMarks::mark(std::string_view name) {
    kq_mark(name.data(), size_of(name), nullptr, -1, 0);
}

void WebMarks::mark(std::string_view name, std::string_view conversation, std::int64_t seq) {
    kq_mark(name.data(), size_of(name), conversation.data(), size_of(conversation),
            static_cast<double>(seq));
}

void WebLocks::acquire(const std::string& name, std::function<void()> granted) {
    auto [lock, fresh] = locks_.try_emplace(name);
    lock->second.granted = std::move(granted);
    if (fresh || lock->second.held) kq_lock(name.data(), size_of(name));
}

bool WebLocks::held(const std::string& name) const {
    auto found = locks_.find(name);
    return found != locks_.end() && found->second.held;
}

void WebLocks::release(const std::string& name) {
    if (locks_.erase(name) > 0) kq_unlock(name.data(), size_of(name));
}

void WebLocks::on_granted(const std::string& name) {
    auto found = locks_.find(name);
    if (found == locks_.end()) return;
    found->second.held = true;
    std::function<void()> granted = std::exchange(found->second.granted, nullptr);
    if (granted) granted();
}

std::string WebDates::format(TimeMs time, DateForm form, std::string_view language) const {
    std::uint64_t seconds = static_cast<std::uint64_t>(time.value()) / 1000;
    Formatted& kept = formatted_[(seconds + static_cast<std::uint64_t>(form)) % kFormatted];
    if (kept.text.empty() || kept.time != time || kept.form != form || kept.language != language) {
        char* text = kq_format_date(static_cast<double>(time.value()), static_cast<int>(form),
                                    language.data(), size_of(language));
        kept = {time, form, std::string(language), take_text(text).value_or("")};
    }
    return kept.text;
}

std::int64_t WebDates::day_number(TimeMs time) const {
    return floor_div(local_ms(time), kDayMs);
}

int WebDates::year(TimeMs time) const {
    std::string digits =
        take_text(kq_format_date(static_cast<double>(time.value()), kFormYear, nullptr, 0))
            .value_or("0");
    return std::atoi(digits.c_str());
}

TimeMs WebDates::next_midnight(TimeMs time) const {
    std::int64_t local = (day_number(time) + 1) * kDayMs;
    // The offset may change within the day; the one at the guess is right but for the hour of the
    // change itself.
    std::int64_t guess = local - kq_utc_offset(static_cast<double>(time.value())) * kMinuteMs;
    return TimeMs(local - kq_utc_offset(static_cast<double>(guess)) * kMinuteMs);
}

std::string WebPinyin::spell(std::string_view text) const {
    return take_text(kq_spell(text.data(), size_of(text))).value_or("");
}

float WebGlyphs::advance(RasterKind kind, std::string_view text, float size_px) {
    return static_cast<float>(kq_glyph_advance(static_cast<int>(kind), text.data(), size_of(text),
                                               static_cast<double>(size_px)));
}

GlyphBox WebGlyphs::box(RasterKind kind, std::string_view text, float size_px) {
    int numbers[4] = {};
    int colored = kq_glyph_box(static_cast<int>(kind), text.data(), size_of(text),
                               static_cast<double>(size_px), numbers);
    return {numbers[0], numbers[1], numbers[2], numbers[3], colored != 0};
}

void WebGlyphs::draw(const RasterJob& job) {
    int box[] = {job.box.left, job.box.top, job.box.width, job.box.height};
    kq_glyph_draw(static_cast<int>(job.kind), job.content.data(), size_of(job.content),
                  static_cast<double>(job.size_px), static_cast<double>(job.stroke),
                  static_cast<double>(job.shift_px), static_cast<int>(job.rgb),
                  static_cast<int>(job.texture), job.x, job.y, box);
}

}  // namespace kumquat::platform::web
