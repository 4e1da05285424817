#include "conformance/script.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include <dirent.h>

namespace kumquat::conformance {
namespace {

[[noreturn]] void not_understood(const std::string& file, int number, const std::string& line) {
    std::fprintf(stderr, "%s:%d: not understood: %s\n", file.c_str(), number, line.c_str());
    std::abort();
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (text.substr(0, prefix.size()) != prefix) return false;
    text.remove_prefix(prefix.size());
    return true;
}

bool parse_step(std::string_view line, Step& step) {
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos) return false;
    step.client = std::string(line.substr(0, blank));
    std::string_view rest = line.substr(blank + 1);
    if (rest == "quiet") {
        step.kind = Step::Kind::kQuiet;
        return true;
    }
    if (rest == "hangs up") {
        step.kind = Step::Kind::kHangUp;
        return true;
    }
    if (take_prefix(rest, "> ")) {
        step.kind = Step::Kind::kSend;
    } else if (take_prefix(rest, "< ")) {
        step.kind = Step::Kind::kExpect;
    } else if (take_prefix(rest, "! ")) {
        step.kind = Step::Kind::kExpectClose;
    } else if (take_prefix(rest, "enters ")) {
        step.kind = Step::Kind::kEnter;
    } else if (take_prefix(rest, "uploads ")) {
        step.kind = Step::Kind::kUpload;
    } else {
        return false;
    }
    step.text = std::string(rest);
    return true;
}

std::string test_name(std::string_view file, std::string_view title) {
    std::string name(file.substr(0, file.find('.')));
    name += "_";
    for (const char c : title)
        name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    return name;
}

void read_file(const std::string& folder, const std::string& file, std::vector<Script>& scripts) {
    std::ifstream in(folder + "/" + file);
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty() || line[0] == '#') continue;
        std::string_view text = line;
        if (take_prefix(text, "== ")) {
            scripts.push_back(Script{test_name(file, text), {}});
            continue;
        }
        Step step;
        step.line = number;
        if (scripts.empty() || !parse_step(text, step)) not_understood(file, number, line);
        scripts.back().steps.push_back(std::move(step));
    }
}

}  // namespace

std::vector<Script> read_scripts(const std::string& folder) {
    std::vector<std::string> files;
    DIR* listing = opendir(folder.c_str());
    if (listing == nullptr) not_understood(folder, 0, "no such folder");
    while (const dirent* entry = readdir(listing)) {
        const std::string file = entry->d_name;
        if (file.size() > 4 && file.substr(file.size() - 4) == ".txt") files.push_back(file);
    }
    closedir(listing);
    std::sort(files.begin(), files.end());
    std::vector<Script> scripts;
    for (const std::string& file : files)
        read_file(folder, file, scripts);
    return scripts;
}

}  // namespace kumquat::conformance
