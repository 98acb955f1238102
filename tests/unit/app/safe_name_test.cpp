#include "app/safe_name.hpp"

#include <gtest/gtest.h>

namespace battlemap::app {
namespace {

TEST(SafeName, KeepsOrdinaryNames) {
  EXPECT_EQ(safe_name("班彦村"), "班彦村");
  EXPECT_EQ(safe_name("St. John's (east)"), "St. John's (east)");
  EXPECT_EQ(safe_name("𠮷野"), "𠮷野");
}

TEST(SafeName, NeverLeavesItsFolder) {
  EXPECT_EQ(safe_name("../../etc/passwd"), "etc_passwd");
  EXPECT_EQ(safe_name("a/b\\c"), "a_b_c");
  EXPECT_EQ(safe_name(".."), "_");
  EXPECT_EQ(safe_name("/"), "_");
  EXPECT_EQ(safe_name(""), "_");
  EXPECT_EQ(safe_name("-rf"), "rf");
}

TEST(SafeName, DropsWhatIsNotSeen) {
  EXPECT_EQ(safe_name(std::string("a\0b", 3)), "a_b");
  EXPECT_EQ(safe_name("line\r\nend"), "line_end");
  EXPECT_EQ(safe_name("\u202Egpj.exe"), "gpj.exe");
  EXPECT_EQ(safe_name("con:1*?\"<>|"), "con_1");
}

TEST(SafeName, BadUtf8BecomesLowLines) {
  EXPECT_EQ(safe_name("a\xFF\xFE z"), "a_ z");
  EXPECT_EQ(safe_name("\xE7\x8F"), "_");             // cut off
  EXPECT_EQ(safe_name("x\xC0\xAFy"), "x_y");          // an overlong slash
  EXPECT_EQ(safe_name("x\xED\xA0\x80y"), "x_y");      // half of a surrogate pair
}

TEST(SafeName, IsCutBetweenCharacters) {
  std::string longest;
  for (int i = 0; i < 300; ++i) longest += "村";
  const std::string name = safe_name(longest);
  EXPECT_EQ(name.size(), 120U);
  EXPECT_EQ(name, longest.substr(0, 120));
}

}  // namespace
}  // namespace battlemap::app
