#include "geo/harmless.hpp"

#include <gtest/gtest.h>

namespace battlemap::geo {
namespace {

TEST(Harmless, LeavesWhatPeopleWriteAlone) {
  for (const char* text : {"", "城东区", "a, b; 100 % (2016年)", "%s%n{}", "Güldü ½ 𠀀"}) EXPECT_EQ(harmless(text), text);
}

TEST(Harmless, ShowsControlsAndHiddenMarksByTheirNumbers) {
  EXPECT_EQ(harmless("a\x1B[2Jb\r\n"), "a\\x1B[2Jb\\x0D\\x0A");
  EXPECT_EQ(harmless("\xC2\x9B"), "\\x9B");  // the one-byte form of ESC [
  EXPECT_EQ(harmless("a\xE2\x80\xAEgpj"), "a<U+202E>gpj");
  EXPECT_EQ(harmless("\xEF\xBB\xBF\xE2\x80\x8B"), "<U+FEFF><U+200B>");
}

TEST(Harmless, ShowsBytesThatAreNoText) {
  EXPECT_EQ(harmless("\xFF"), "\\xFF");
  EXPECT_EQ(harmless("\xE5\x9F"), "\\xE5\\x9F");          // cut off
  EXPECT_EQ(harmless("\xC0\x9B"), "\\xC0\\x9B");          // a long form of ESC
  EXPECT_EQ(harmless("\xED\xA0\x80"), "\\xED\\xA0\\x80");  // half a pair
}

TEST(Harmless, CutsTheMiddleOutOfWhatIsLong) {
  EXPECT_EQ(harmless(std::string(9, 'x') + "yz", 9), "xxxxxx … (2 characters left out) … xyz");
  const std::string town = "城";
  std::string long_name;
  for (int i = 0; i < 10000; ++i) long_name += town;
  EXPECT_EQ(harmless(long_name, 3), town + town + " … (9997 characters left out) … " + town);
}

TEST(Harmless, NamesLoseWhatCannotBeSeen) {
  EXPECT_EQ(clean_name("\xE2\x80\xAE城\x1B东\r\n区"), "城东区");
  EXPECT_EQ(clean_name("城东区", 2), "城东…");
  EXPECT_EQ(clean_name("城东", 2), "城东");
}

}  // namespace
}  // namespace battlemap::geo
