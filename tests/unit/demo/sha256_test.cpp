#include "demo/sha256.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "demo/fetch.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

TEST(Sha256, MatchesThePublishedVector) {  // FIPS 180-2, appendix B.1
  EXPECT_EQ(sha256_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, AWrongTarballIsAnErrorThatNamesFileExpectedAndGot) {
  const std::filesystem::path cache = std::filesystem::path(BATTLEMAP_TEST_OUT) / "wrong-tarball";
  std::filesystem::create_directories(cache);
  std::ofstream(cache / county_package().tarball) << "abc";
  try {
    provide_package(county_package(), cache, cache / "fetched");
    FAIL() << "a wrong digest was accepted";
  } catch (const geo::Error& e) {
    const std::string message = e.what();
    EXPECT_NE(message.find(county_package().tarball), std::string::npos);
    EXPECT_NE(message.find(county_package().sha256), std::string::npos);
    EXPECT_NE(message.find("ba7816bf8f01cfea"), std::string::npos);
  }
}

}  // namespace
}  // namespace battlemap::demo
