// Every script, as a case of its own, against the home that the program was linked with.
#include <string>

#include <gtest/gtest.h>

#include "conformance/runner.h"

namespace kumquat::conformance {
namespace {

std::vector<Script> scripts() {
    return read_scripts(KUMQUAT_SOURCE_DIR "/tests/conformance/scripts");
}

class Conformance : public ::testing::TestWithParam<Script> {};

TEST_P(Conformance, HoldsTheScript) {
    const auto home = make_home();
    // Twice on the same service: a script must not depend on being the first.
    for (const char* run : {"", "2"}) {
        for (const auto& complaint : play(GetParam(), *home, run))
            ADD_FAILURE() << complaint;
    }
}

std::string case_name(const ::testing::TestParamInfo<Script>& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Scripts, Conformance, ::testing::ValuesIn(scripts()), case_name);

}  // namespace
}  // namespace kumquat::conformance
