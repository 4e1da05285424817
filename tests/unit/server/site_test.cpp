#include "server/site.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sodium.h>
#include <zlib.h>

namespace kumquat::server {
namespace {

namespace fs = std::filesystem;

class SiteTest : public testing::Test {
  protected:
    SiteTest() {
        EXPECT_GE(sodium_init(), 0);
        std::string pattern = (fs::temp_directory_path() / "kumquat-site-XXXXXX").string();
        folder_ = mkdtemp(pattern.data());
    }
    ~SiteTest() override { fs::remove_all(folder_); }

    void write(const std::string& path, const std::string& content) {
        fs::create_directories((folder_ / path).parent_path());
        std::ofstream(folder_ / path, std::ios::binary) << content;
    }
    Site load() {
        auto site = Site::load(folder_.string(), R"({"mode":"server"})");
        EXPECT_TRUE(site);
        return site ? std::move(*site) : Site();
    }

    fs::path folder_;
};

std::string gunzip(const std::string& packed) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    std::string out(1 << 20, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

TEST_F(SiteTest, FindsWhatTheFolderHeldAndNothingElse) {
    write("index.html", "<p>hi</p>");
    write("a/b.js", "1");
    write(".secret", "no");
    write(".git/config", "no");
    const Site site = load();
    ASSERT_NE(site.find("/"), nullptr);
    EXPECT_EQ(site.find("/"), site.find("/index.html"));
    EXPECT_EQ(site.find("/?x=/a/b.js"), site.find("/index.html"));
    ASSERT_NE(site.find("/a/b.js"), nullptr);
    EXPECT_EQ(site.find("/a/%62.js"), site.find("/a/b.js"));
    for (const char* target : {"", "index.html", "/a", "/a/", "/../index.html", "/a/../index.html",
                               "/..%2findex.html", "/.secret", "/.git/config", "//index.html",
                               "/index.html%00", "/%", "/%zz", "/a/b.js/", "/etc/passwd", "*"}) {
        EXPECT_EQ(site.find(target), nullptr) << target;
    }
}

TEST_F(SiteTest, FillsInThePlaceholder) {
    const std::string before = R"(<html><script type="application/json" id="kumquat-config">)";
    write("index.html", before + "{}</script>x</html>");
    write("other.html", "<p>no placeholder</p>");
    const Site site = load();
    EXPECT_EQ(site.find("/")->plain, before + R"({"mode":"server"}</script>x</html>)");
    EXPECT_EQ(site.find("/other.html")->plain, "<p>no placeholder</p>");
}

TEST_F(SiteTest, CompressesWhatGetsSmaller) {
    const std::string text(10'000, 'a');
    write("a.js", text);
    write("small.js", "1");
    write("a.png", text);
    const Site site = load();
    EXPECT_EQ(gunzip(site.find("/a.js")->gzip), text);
    EXPECT_TRUE(site.find("/small.js")->gzip.empty());
    EXPECT_TRUE(site.find("/a.png")->gzip.empty());
}

TEST_F(SiteTest, TakesFormsThatWereCompressedAhead) {
    write("a.wasm", "plain");
    write("a.wasm.br", "brotli");
    write("a.wasm.gz", "gzip");
    write("lonely.gz", "an archive");
    const Site site = load();
    EXPECT_EQ(site.find("/a.wasm")->brotli, "brotli");
    EXPECT_EQ(site.find("/a.wasm")->gzip, "gzip");
    EXPECT_EQ(site.find("/a.wasm.br"), nullptr);
    EXPECT_NE(site.find("/lonely.gz"), nullptr);
}

TEST_F(SiteTest, ValidatorsFollowTheContent) {
    write("a.js", "1");
    write("b.js", "1");
    write("c.js", "2");
    const Site site = load();
    EXPECT_EQ(site.find("/a.js")->etag, site.find("/b.js")->etag);
    EXPECT_NE(site.find("/a.js")->etag, site.find("/c.js")->etag);
    EXPECT_EQ(site.find("/a.js")->etag.front(), '"');
    EXPECT_EQ(site.find("/a.js")->etag.back(), '"');
}

TEST_F(SiteTest, SaysWhatItCouldNotRead) {
    const auto site = Site::load((folder_ / "missing").string(), "{}");
    ASSERT_FALSE(site);
    EXPECT_EQ(site.error().code, ErrorCode::kIo);
    EXPECT_NE(site.error().context.find("missing"), std::string::npos);
}

TEST(SiteNames, TypesFollowTheEnding) {
    EXPECT_EQ(content_type("/a.wasm"), "application/wasm");
    EXPECT_EQ(content_type("/a.123.js"), "text/javascript; charset=utf-8");
    EXPECT_EQ(content_type("/a.css"), "text/css; charset=utf-8");
    EXPECT_EQ(content_type("/a.svg"), "image/svg+xml");
    EXPECT_EQ(content_type("/a.json"), "application/json");
    EXPECT_EQ(content_type("/m.webmanifest"), "application/manifest+json");
    EXPECT_EQ(content_type("/x.html/noending"), "application/octet-stream");
}

TEST(SiteNames, HashedNamesAreRecognised) {
    EXPECT_TRUE(has_hashed_name("/kumquat.0123abcd.wasm"));
    EXPECT_TRUE(has_hashed_name("/a/kumquat.0123456789abcdef.js"));
    for (const char* path : {"/kumquat.wasm", "/kumquat.min.js", "/kumquat.0123abc.js",
                             "/kumquat.0123abcg.js", "/0123abcd.js", "", ".", ".."}) {
        EXPECT_FALSE(has_hashed_name(path)) << path;
    }
}

TEST(Encodings, TheBestThatBothSidesKnow) {
    SiteFile file;
    file.gzip = "g";
    EXPECT_EQ(choose_encoding(file, "gzip, deflate, br"), Encoding::kGzip);
    EXPECT_EQ(choose_encoding(file, "br"), Encoding::kPlain);
    EXPECT_EQ(choose_encoding(file, "gzip;q=0"), Encoding::kPlain);
    EXPECT_EQ(choose_encoding(file, "gzip; q=0.000, br"), Encoding::kPlain);
    EXPECT_EQ(choose_encoding(file, "gzip;q=0.5"), Encoding::kGzip);
    EXPECT_EQ(choose_encoding(file, ""), Encoding::kPlain);
    file.brotli = "b";
    EXPECT_EQ(choose_encoding(file, "gzip, deflate, br"), Encoding::kBrotli);
    EXPECT_EQ(choose_encoding(file, "xgzip"), Encoding::kPlain);
}

TEST(Etags, AListMatchesOne) {
    EXPECT_TRUE(etag_matches("\"a\"", "\"a\""));
    EXPECT_TRUE(etag_matches("\"x\", W/\"a\"", "\"a\""));
    EXPECT_TRUE(etag_matches("*", "\"a\""));
    EXPECT_FALSE(etag_matches("", "\"a\""));
    EXPECT_FALSE(etag_matches("\"ab\"", "\"a\""));
}

}  // namespace
}  // namespace kumquat::server
