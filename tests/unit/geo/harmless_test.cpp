#include "geo/harmless.hpp"

#include <gtest/gtest.h>

#include "geo/error.hpp"
#include "geo/toml_reader.hpp"

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

TEST(Harmless, TextsKeepTheirLines) {
  EXPECT_EQ(clean_text("城\n东\t区\x1B[2J\xE2\x80\xAE"), "城\n东\t区[2J");
  const TomlTable table = parse_toml("title = { zh = \"\\u001b红\\u202e\", en = \"a\\nb\" }", "a.toml");
  EXPECT_EQ(table.text("title").zh, "红");
  EXPECT_EQ(table.text("title").en, "a\nb");
  try {
    parse_toml("dataset = \"\\u202aC:/a.csv\"", "a.toml").string("dataset");
    ADD_FAILURE() << "a name with a hidden character was taken";
  } catch (const Error& e) {
    EXPECT_EQ(std::string(e.what()),
              "a.toml:1: key 'dataset' is \"<U+202A>C:/a.csv\", which holds characters that cannot be seen; delete them "
              "(they come with copied paths)");
  }
}

}  // namespace
}  // namespace battlemap::geo
