// Pictures over real sockets: in, out, and all that must not come in.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <sqlite3.h>

#include "base/limits.h"
#include "picture/samples.h"
#include "server/running_server.h"
#include "unit/store/file_size_limit.h"

namespace kumquat::server {
namespace {

namespace fs = std::filesystem;
using picture::png_of;
using picture::sample;
using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::StartsWith;

struct Kind {
    const char* file;
    const char* type;
};
constexpr Kind kKinds[] = {{"photo.jpg", "image/jpeg"},
                           {"drawing.png", "image/png"},
                           {"moving.gif", "image/gif"},
                           {"lossy.webp", "image/webp"}};

class PicturesTest : public ServerTest {
  protected:
    void enter() {
        start();
        alice_ = std::make_unique<Client>(port());
        session_ = alice_->enter("alice");
    }

    std::string head(const std::string& session, std::size_t length,
                     const std::string& more = "Connection: close\r\n") const {
        return "POST /pictures HTTP/1.1\r\nHost: localhost:" + std::to_string(port()) +
               "\r\nAuthorization: Bearer " + session +
               "\r\nContent-Length: " + std::to_string(length) + "\r\n" + more + "\r\n";
    }
    HttpAnswerText upload(const std::string& session, const std::string& bytes) const {
        return read_answer(talk(port(), head(session, bytes.size()) + bytes));
    }
    HttpAnswerText upload(const std::string& bytes) const { return upload(session_, bytes); }
    // Uploads; the ID.
    std::string must_upload(const std::string& session, const std::string& bytes) const {
        const auto answer = upload(session, bytes);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return id_in(answer);
    }
    std::string must_upload(const std::string& bytes) const { return must_upload(session_, bytes); }

    static std::string id_in(const HttpAnswerText& answer) {
        constexpr std::size_t kIdAt = 7;  // {"id":"
        EXPECT_THAT(answer.body, StartsWith("{\"id\":\""));
        return answer.body.size() > kIdAt ? answer.body.substr(kIdAt, 32) : "";
    }

    static void expect_error(const HttpAnswerText& answer, int status, ErrorCode code) {
        EXPECT_EQ(answer.status, status) << answer.body;
        EXPECT_EQ(answer.body, "{\"code\":" + std::to_string(static_cast<int>(code)) +
                                   ",\"text\":\"" + std::string(error_text(code)) + "\"}");
        EXPECT_EQ(answer.header("content-type"), "application/json");
    }

    HttpAnswerText get(const std::string& id, const std::string& headers = {},
                       const std::string& method = "GET") const {
        return http_get(port(), "/pictures/" + id, headers, method);
    }

    // The files of all pictures, those on their way in included.
    std::vector<fs::path> files() const {
        std::vector<fs::path> found;
        for (const auto& entry : fs::recursive_directory_iterator(data_.path() / "pictures")) {
            std::error_code gone;
            if (entry.is_regular_file(gone)) found.push_back(entry.path());
        }
        return found;
    }

    template <typename Condition>
    static bool eventually(Condition condition) {
        const auto deadline = std::chrono::steady_clock::now() + kPatience;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            std::this_thread::sleep_for(milliseconds(2));
        }
        return true;
    }
    // A writer that is given up takes its file with it on the blob store's own thread.
    void expect_nothing_left() const {
        EXPECT_TRUE(eventually([this] { return metric("kumquat_uploads") == 0; }));
        EXPECT_TRUE(eventually([this] { return files().empty(); }));
    }

    void change_database(const std::string& sql) const {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open((data_.path() / "kumquat.db").c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
        EXPECT_EQ(sqlite3_changes(database), 1);
        sqlite3_close(database);
    }

    static proto::SendMessage picture_message(const std::string& to, const std::string& id,
                                              std::int64_t bytes, std::int64_t counter) {
        proto::SendMessage request;
        request.conversation = ConversationId::with(*UserId::parse(to));
        request.client_id = ClientMessageId{DeviceId(1), counter};
        request.body.type = proto::kImageType;
        proto::Image image;
        image.format = 3;
        for (std::int64_t type = 1; type <= 3; ++type)
            image.renditions.push_back({type, *BlobId::parse(id), 64, 48, bytes});
        request.body.image = image;
        return request;
    }

    std::unique_ptr<Client> alice_;
    std::string session_;
};

TEST_F(PicturesTest, TheFourKindsComeInAndGoOutAsTheyAre) {
    enter();
    for (const Kind& kind : kKinds) {
        const std::string bytes = sample(kind.file);
        const auto taken = upload(bytes);
        ASSERT_EQ(taken.status, 200) << kind.file << taken.body;
        EXPECT_EQ(taken.header("content-type"), "application/json");
        EXPECT_THAT(taken.body, HasSubstr(",\"width\":"));
        EXPECT_THAT(taken.body, HasSubstr(",\"size\":" + std::to_string(bytes.size()) + "}"));
        const std::string id = id_in(taken);
        const auto found = get(id);
        EXPECT_EQ(found.status, 200) << kind.file;
        EXPECT_EQ(found.body, bytes) << kind.file;
        EXPECT_EQ(found.header("content-type"), kind.type);
        EXPECT_EQ(found.header("content-disposition"), "inline");
    }
    EXPECT_EQ(metric("kumquat_uploads_total"), 4);
    EXPECT_EQ(metric("kumquat_pictures_served_total"), 4);
    EXPECT_EQ(files().size(), 4U);
}

TEST_F(PicturesTest, TheAnswerTellsWhatTheHeaderSays) {
    enter();
    const std::string bytes = sample("drawing.png");
    const auto taken = upload(bytes);
    EXPECT_EQ(taken.body, "{\"id\":\"" + id_in(taken) + "\",\"width\":64,\"height\":48,\"size\":" +
                              std::to_string(bytes.size()) + "}");
}

TEST_F(PicturesTest, APictureIsServedSafely) {
    enter();
    const auto found = get(must_upload(sample("photo.jpg")));
    EXPECT_EQ(found.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(found.header("content-security-policy"), "default-src 'none'; sandbox");
    EXPECT_EQ(found.header("cross-origin-resource-policy"), "same-origin");
    EXPECT_EQ(found.header("cache-control"), "private, max-age=31536000, immutable");
    EXPECT_EQ(found.header("access-control-allow-origin"), "");
}

TEST_F(PicturesTest, HeadValidatorAndRange) {
    enter();
    const std::string bytes = sample("photo.jpg");
    const std::string id = must_upload(bytes);
    const std::string size = std::to_string(bytes.size());
    const auto head = get(id, {}, "HEAD");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.body, "");
    EXPECT_EQ(head.header("content-length"), size);
    EXPECT_EQ(head.header("content-type"), "image/jpeg");
    EXPECT_EQ(head.header("etag"), "\"" + id + "\"");
    const auto unchanged = get(id, "If-None-Match: \"" + id + "\"\r\n");
    EXPECT_EQ(unchanged.status, 304);
    EXPECT_EQ(unchanged.body, "");
    const auto part = get(id, "Range: bytes=100-199\r\n");
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.header("content-range"), "bytes 100-199/" + size);
    EXPECT_EQ(part.body, bytes.substr(100, 100));
    const auto behind = get(id, "Range: bytes=" + size + "-\r\n");
    EXPECT_EQ(behind.status, 416);
    EXPECT_EQ(behind.header("content-range"), "bytes */" + size);
    EXPECT_EQ(behind.body, "");
}

TEST_F(PicturesTest, ALargePictureGoesOutWhole) {
    enter();
    const std::string bytes = png_of(64, 48, 3'000'000);
    const std::string id = must_upload(bytes);
    EXPECT_EQ(get(id).body, bytes);
    EXPECT_EQ(get(id, "Range: bytes=1000000-2999999\r\n").body, bytes.substr(1'000'000));
}

TEST_F(PicturesTest, UnknownAndMalformedNamesAreNotFound) {
    enter();
    const std::string id = must_upload(sample("moving.gif"));
    std::string upper = id;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    // An ID of digits alone is the same in upper case: one in three million.
    if (upper == id) upper += "A";
    for (const std::string& name :
         {std::string(32, '0'), std::string(), id.substr(1), id + "0", id + ".gif", upper,
          std::string("../kumquat.db"), std::string("..%2fkumquat.db"), "incoming/" + id,
          id.substr(0, 2) + "/" + id, id + "%00"}) {
        EXPECT_EQ(get(name).status, 404) << name;
        EXPECT_EQ(get(name, {}, "HEAD").status, 404) << name;
    }
    EXPECT_EQ(get(id).status, 200);
}

TEST_F(PicturesTest, OtherMethodsAreRefused) {
    enter();
    const auto listing = http_get(port(), "/pictures");
    EXPECT_EQ(listing.status, 405);
    EXPECT_EQ(listing.header("allow"), "POST");
    const auto preflight =
        http_get(port(), "/pictures", "Origin: http://localhost:" + std::to_string(port()) + "\r\n",
                 "OPTIONS");
    EXPECT_EQ(preflight.status, 405);
    EXPECT_EQ(preflight.header("access-control-allow-origin"), "");
    EXPECT_EQ(get(std::string(32, '0'), {}, "DELETE").status, 405);
    EXPECT_EQ(get(std::string(32, '0'), {}, "POST").status, 405);
}

TEST_F(PicturesTest, AStrangersPageMayNotUpload) {
    enter();
    const std::string bytes = sample("moving.gif");
    const auto answer =
        read_answer(talk(port(), head(session_, bytes.size(),
                                      "Origin: http://evil.example\r\nConnection: close\r\n") +
                                     bytes));
    EXPECT_EQ(answer.status, 403);
    EXPECT_TRUE(files().empty());
}

TEST_F(PicturesTest, ASessionIsNeeded) {
    enter();
    const std::string bytes = sample("moving.gif");
    for (const std::string& session :
         {std::string(), std::string(32, '0'), session_ + "0", session_.substr(1), "x" + session_,
          std::string(65, 'a'), std::string(4000, 'a')}) {
        const auto answer = upload(session, bytes);
        expect_error(answer, 401, ErrorCode::kSessionInvalid);
        EXPECT_EQ(answer.header("www-authenticate"), "Bearer");
    }
    const auto without = read_answer(
        talk(port(), "POST /pictures HTTP/1.1\r\nHost: localhost:" + std::to_string(port()) +
                         "\r\nContent-Length: 3\r\nConnection: close\r\n\r\nGIF"));
    expect_error(without, 401, ErrorCode::kSessionInvalid);
    EXPECT_TRUE(files().empty());
    EXPECT_EQ(metric("kumquat_uploads_refused_total"), 8);
}

TEST_F(PicturesTest, AnEndedOrExpiredSessionIsNone) {
    // Nobody here answers while the test waits for the stop.
    config_.bounds.stop_ms = 200;
    enter();
    Client other(port());
    const std::string ended = other.enter("alice", 2);
    ASSERT_TRUE(other.ask(proto::SignOut{}));
    expect_error(upload(ended, sample("moving.gif")), 401, ErrorCode::kSessionInvalid);
    must_upload(sample("moving.gif"));
    alice_.reset();
    stop();
    change_database("UPDATE session SET expires = 1");
    start();
    expect_error(upload(sample("moving.gif")), 401, ErrorCode::kSessionInvalid);
    EXPECT_EQ(files().size(), 1U);
}

TEST_F(PicturesTest, WhatIsNoPictureIsRefused) {
    enter();
    const std::string png = sample("drawing.png");
    const std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>";
    expect_error(upload(""), 400, ErrorCode::kPictureEmpty);
    expect_error(upload("hello"), 415, ErrorCode::kPictureKind);
    expect_error(upload(svg), 415, ErrorCode::kPictureKind);
    expect_error(upload("BM" + std::string(1000, '\0')), 415, ErrorCode::kPictureKind);
    expect_error(upload(std::string(5'000'000, 'x')), 415, ErrorCode::kPictureKind);
    expect_error(upload(png.substr(0, png.size() - 1)), 422, ErrorCode::kPictureDamaged);
    expect_error(upload(png.substr(0, 40)), 422, ErrorCode::kPictureDamaged);
    expect_error(upload(png_of(100'000, 100'000)), 422, ErrorCode::kPictureDamaged);
    expect_error(upload(png_of(0, 48)), 422, ErrorCode::kPictureDamaged);
    expect_error(upload(png_of(16'384, 16'384)), 422, ErrorCode::kPictureDamaged);
    // The right start of one kind before the content of another.
    expect_error(upload(png.substr(0, 8) + sample("photo.jpg")), 422, ErrorCode::kPictureDamaged);
    expect_nothing_left();
    EXPECT_EQ(metric("kumquat_uploads_total"), 0);
}

TEST_F(PicturesTest, TheLimitIsOneByteBelowTwentyMebibytes) {
    enter();
    constexpr std::size_t kMax = 20 * 1024 * 1024 - 1;
    expect_error(upload(png_of(64, 48, kMax + 1)), 413, ErrorCode::kPictureTooLarge);
    EXPECT_TRUE(files().empty());
    const std::string largest = png_of(64, 48, kMax);
    ASSERT_EQ(largest.size(), kMax);
    EXPECT_EQ(get(must_upload(largest)).body, largest);
}

TEST_F(PicturesTest, ALengthTooLargeIsRefusedBeforeABodyIsSent) {
    enter();
    for (const char* length : {"20971520", "99999999999", "18446744073709551615"}) {
        RawClient client(port());
        client.send("POST /pictures HTTP/1.1\r\nHost: localhost:" + std::to_string(port()) +
                    "\r\nAuthorization: Bearer " + session_ + "\r\nContent-Length: " + length +
                    "\r\n\r\n");
        expect_error(read_answer(client.read_until("}")), 413, ErrorCode::kPictureTooLarge);
    }
}

TEST_F(PicturesTest, ALengthIsRequired) {
    enter();
    const std::string start =
        "POST /pictures HTTP/1.1\r\nHost: localhost:" + std::to_string(port()) +
        "\r\nAuthorization: Bearer " + session_ + "\r\nConnection: close\r\n";
    expect_error(read_answer(talk(
                     port(), start + "Transfer-Encoding: chunked\r\n\r\n3\r\nGIF\r\n0\r\n\r\n")),
                 411, ErrorCode::kBadField);
    expect_error(read_answer(talk(port(), start + "\r\n")), 411, ErrorCode::kBadField);
    EXPECT_THAT(talk(port(), start + "Content-Length: -1\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
}

TEST_F(PicturesTest, AnUploadCutAtAnyByteLeavesNothing) {
    config_.bounds.uploads = 1000;
    config_.bounds.uploads_of_person = 1000;
    enter();
    const std::string bytes = sample("moving.gif");
    const std::string request = head(session_, bytes.size());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        RawClient client(port());
        ASSERT_TRUE(client.send(request + bytes.substr(0, size)));
    }
    const auto count = static_cast<double>(bytes.size());
    EXPECT_TRUE(eventually([&] { return metric("kumquat_uploads_cut_total") == count; }));
    expect_nothing_left();
    EXPECT_EQ(metric("kumquat_uploads_total"), 0);
    must_upload(bytes);
}

TEST_F(PicturesTest, ALargeUploadCutAnywhereLeavesNothing) {
    enter();
    const std::string bytes = png_of(64, 48, 1'000'000);
    double cut = 0;
    for (const std::size_t size : {65'535, 65'536, 65'537, 131'072, 500'000, 999'999}) {
        {
            RawClient client(port());
            ASSERT_TRUE(client.send(head(session_, bytes.size()) + bytes.substr(0, size)));
        }
        ++cut;
        EXPECT_TRUE(eventually([&] { return metric("kumquat_uploads_cut_total") == cut; }));
        expect_nothing_left();
    }
}

TEST_F(PicturesTest, ASlowUploadIsCutOff) {
    config_.bounds.upload_piece_ms = 300;
    enter();
    const std::string bytes = sample("moving.gif");
    RawClient client(port());
    client.send(head(session_, bytes.size()) + bytes.substr(0, 100));
    EXPECT_TRUE(client.wait_closed());
    // The connection ends before its upload is put away.
    EXPECT_TRUE(eventually([&] { return metric("kumquat_uploads_cut_total") == 1; }));
    expect_nothing_left();
}

TEST_F(PicturesTest, TwoUploadsAtOnceDoNotMix) {
    enter();
    const std::string first = png_of(64, 48, 300'000);
    const std::string second = sample("photo.jpg");
    RawClient slow(port());
    ASSERT_TRUE(slow.send(head(session_, first.size()) + first.substr(0, 150'000)));
    EXPECT_TRUE(eventually([&] { return metric("kumquat_upload_bytes_total") > 100'000; }));
    const std::string second_id = must_upload(second);
    ASSERT_TRUE(slow.send(first.substr(150'000)));
    const auto answer = read_answer(slow.read_until({}));
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(get(id_in(answer)).body, first);
    EXPECT_EQ(get(second_id).body, second);
}

TEST_F(PicturesTest, OnePersonsUploadsAreBounded) {
    config_.bounds.uploads_of_person = 1;
    enter();
    const std::string bytes = sample("moving.gif");
    Client bob(port());
    const std::string bobs = bob.enter("bob", 2);
    {
        RawClient slow(port());
        ASSERT_TRUE(slow.send(head(session_, bytes.size()) + bytes.substr(0, 100)));
        EXPECT_TRUE(eventually([&] { return !files().empty(); }));
        const auto refused = upload(bytes);
        expect_error(refused, 429, ErrorCode::kTooManyRequests);
        EXPECT_EQ(refused.header("retry-after"), "1");
        must_upload(bobs, bytes);
    }
    EXPECT_TRUE(eventually([&] { return metric("kumquat_uploads") == 0; }));
    must_upload(bytes);
}

TEST_F(PicturesTest, AllUploadsTogetherAreBounded) {
    config_.bounds.uploads = 1;
    enter();
    const std::string bytes = sample("moving.gif");
    RawClient slow(port());
    ASSERT_TRUE(slow.send(head(session_, bytes.size()) + bytes.substr(0, 100)));
    EXPECT_TRUE(eventually([&] { return metric("kumquat_uploads") == 1; }));
    const auto refused = upload(bytes);
    expect_error(refused, 503, ErrorCode::kOverloaded);
    EXPECT_EQ(refused.header("retry-after"), "1");
    ASSERT_TRUE(slow.send(bytes.substr(100)));
    EXPECT_EQ(read_answer(slow.read_until({})).status, 200);
}

TEST_F(PicturesTest, AConnectionGoesOnBehindAnUploadThatWasReadWhole) {
    enter();
    const std::string bytes = sample("moving.gif");
    const std::string broken = bytes.substr(0, bytes.size() - 1);
    RawClient client(port());
    ASSERT_TRUE(client.send(head(session_, bytes.size(), "") + bytes));
    EXPECT_THAT(client.read_until("}"), StartsWith("HTTP/1.1 200 "));
    ASSERT_TRUE(client.send(head(session_, broken.size(), "") + broken));
    EXPECT_THAT(client.read_until("}"), StartsWith("HTTP/1.1 422 "));
    // Behind one whose body was not read nothing can be understood any more.
    ASSERT_TRUE(client.send(head(session_, 1'000'000, "") + std::string(100'000, 'x')));
    const std::string refused = client.read_until("}");
    EXPECT_THAT(refused, StartsWith("HTTP/1.1 415 "));
    EXPECT_THAT(refused, HasSubstr("Connection: close"));
}

TEST_F(PicturesTest, WhoAsksFirstIsInvited) {
    enter();
    const std::string bytes = sample("photo.jpg");
    RawClient client(port());
    ASSERT_TRUE(
        client.send(head(session_, bytes.size(), "Expect: 100-continue\r\nConnection: close\r\n")));
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    ASSERT_TRUE(client.send(bytes));
    EXPECT_EQ(read_answer(client.read_until({})).status, 200);
    RawClient stranger(port());
    ASSERT_TRUE(stranger.send(
        head(std::string(32, '0'), bytes.size(), "Expect: 100-continue\r\nConnection: close\r\n")));
    EXPECT_EQ(read_answer(stranger.read_until({})).status, 401);
}

TEST_F(PicturesTest, APictureOutlivesTheServer) {
    enter();
    const std::string bytes = sample("photo.jpg");
    const std::string id = must_upload(bytes);
    alice_.reset();
    stop();
    start();
    EXPECT_EQ(get(id).body, bytes);
}

TEST_F(PicturesTest, AStopTellsUploadsToComeAgain) {
    // The client does not close while the test waits for the stop.
    config_.bounds.http_linger_ms = 200;
    enter();
    const std::string bytes = sample("photo.jpg");
    RawClient slow(port());
    ASSERT_TRUE(slow.send(head(session_, bytes.size()) + bytes.substr(0, 100)));
    EXPECT_TRUE(eventually([&] { return !files().empty(); }));
    alice_.reset();
    stop();
    expect_error(read_answer(slow.read_until({})), 503, ErrorCode::kUnavailable);
    EXPECT_TRUE(files().empty());
    start();
    must_upload(bytes);
}

TEST_F(PicturesTest, AFullDiskRefusesTheUploadAlone) {
    enter();
    std::uintmax_t largest = 0;
    for (const auto& entry : fs::directory_iterator(data_.path())) {
        if (entry.is_regular_file()) largest = std::max(largest, entry.file_size());
    }
    const std::string bytes = png_of(64, 48, largest + 1'000'000);
    {
        const store::FileSizeLimit limit(largest + 200'000);
        expect_error(upload(bytes), 507, ErrorCode::kDiskFull);
        expect_nothing_left();
        must_upload(sample("moving.gif"));
    }
    EXPECT_EQ(get(must_upload(bytes)).body, bytes);
}

TEST_F(PicturesTest, APictureWhoseRowCannotBeWrittenLeavesNoFile) {
    enter();
    const std::string bytes = sample("moving.gif");
    {
        // The picture is small enough, the database's log cannot grow.
        const store::FileSizeLimit limit(fs::file_size(data_.path() / "kumquat.db-wal"));
        const auto answer = upload(bytes);
        EXPECT_TRUE(answer.status == 500 || answer.status == 507) << answer.status << answer.body;
        expect_nothing_left();
    }
    EXPECT_EQ(metric("kumquat_uploads_total"), 0);
    EXPECT_EQ(get(must_upload(bytes)).body, bytes);
}

TEST_F(PicturesTest, AMessageThatNamesAPictureArrives) {
    enter();
    Client bob(port());
    const std::string bobs = bob.enter("bob", 2);
    const std::string bytes = sample("drawing.png");
    const auto size = static_cast<std::int64_t>(bytes.size());
    const std::string id = must_upload(bytes);
    alice_->must<proto::SendMessageReply>(picture_message("bob", id, size, 1));
    std::optional<proto::Message> message;
    while (const auto event = bob.next_event()) {
        const auto* arrived = std::get_if<proto::MessageEvent>(&event->what);
        if (arrived == nullptr) continue;
        message = arrived->message;
        break;
    }
    ASSERT_TRUE(message);
    ASSERT_TRUE(message->body.image);
    ASSERT_EQ(message->body.image->renditions.size(), 3U);
    EXPECT_EQ(get(message->body.image->renditions[2].id.text()).body, bytes);

    // Whoever knows a picture may look at it, and not send it as an own one.
    const auto others = bob.ask(picture_message("alice", id, size, 1));
    ASSERT_FALSE(others);
    EXPECT_EQ(others.error().code, ErrorCode::kUnknownPicture);
    const auto unknown = alice_->ask(picture_message("bob", std::string(32, '0'), size, 2));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::kUnknownPicture);
}

TEST_F(PicturesTest, WhatNothingNamesForADayIsRemoved) {
    config_.bounds.stop_ms = 200;
    enter();
    Client bob(port());
    bob.enter("bob", 2);
    const std::string bytes = sample("drawing.png");
    const std::string named = must_upload(bytes);
    const std::string orphan = must_upload(bytes);
    const std::string young = must_upload(bytes);
    alice_->must<proto::SendMessageReply>(
        picture_message("bob", named, static_cast<std::int64_t>(bytes.size()), 1));
    alice_.reset();
    stop();
    change_database("UPDATE blob SET released = 1 WHERE id = '" + named + "'");
    change_database("UPDATE blob SET released = 1 WHERE id = '" + orphan + "'");
    config_.bounds.orphan_sweep_ms = 20;
    start();
    EXPECT_TRUE(eventually([&] { return metric("kumquat_orphans_removed_total") == 1; }));
    EXPECT_EQ(get(orphan).status, 404);
    EXPECT_EQ(get(named).status, 200);
    EXPECT_EQ(get(young).status, 200);
    EXPECT_TRUE(eventually([&] { return files().size() == 2; }));
}

}  // namespace
}  // namespace kumquat::server
