#include "geo/toml_reader.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

class TomlReader : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  TomlTable read(std::string_view text) {
    std::ofstream(file_, std::ios::binary) << text;
    return read_toml(file_);
  }
  /// The message of what `action` throws, with the file's path shortened to its name.
  template <class Action>
  std::string message_of(Action action) {
    try {
      action();
    } catch (const Error& e) {
      std::string what = e.what();
      const std::string prefix = folder_.string() + "/";
      if (what.starts_with(prefix)) what.erase(0, prefix.size());
      return what;
    }
    return "no error";
  }
  std::filesystem::path folder_ = std::filesystem::path(BATTLEMAP_TEST_OUT) / "toml";
  std::filesystem::path file_ =
      folder_ / (std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + ".toml");
};

TEST_F(TomlReader, ReadsEveryType) {
  const TomlTable t = read(
      "s = 'x'\ni = -3\nd = 1.5\nb = true\nzh = { zh = '省', en = 'P' }\nplain = '青海'\n"
      "ss = ['a', 'b']\nii = [1, 2]\ndd = [1, 2.5]\nrows = [[1, 2], [3]]\n[sub]\nk = 1\n[[many]]\nn = 1\n"
      "[[many]]\nn = 2\n");
  EXPECT_EQ(t.string("s"), "x");
  EXPECT_EQ(t.integer("i"), -3);
  EXPECT_EQ(t.number("i"), -3.0);
  EXPECT_EQ(t.number("d"), 1.5);
  EXPECT_TRUE(t.boolean("b"));
  EXPECT_EQ(t.text("zh").en, "P");
  EXPECT_EQ(t.text("plain").in(Language::en), "青海");
  EXPECT_EQ(t.strings("ss").size(), 2U);
  EXPECT_EQ(t.integers("ii")[1], 2);
  EXPECT_EQ(t.numbers("dd")[1], 2.5);
  EXPECT_EQ(t.number_rows("rows")[1][0], 3.0);
  EXPECT_EQ(t.table("sub").integer("k"), 1);
  EXPECT_EQ(t.tables("many")[1].integer("n"), 2);
  EXPECT_EQ(t.string("none", "fallback"), "fallback");
  EXPECT_TRUE(t.strings("none").empty());
  EXPECT_FALSE(t.find_table("none"));
  EXPECT_NO_THROW(t.finish());
}

TEST_F(TomlReader, AWrongTypeNamesFileLineKeyValueAndExpectation) {
  const TomlTable t = read("\nyear = 'x'\nlong = 99999999999\nlist = [1, 'a']\nbad = inf\n");
  EXPECT_EQ(message_of([&] { t.integer("year"); }),
            file_.filename().string() + ":2: key 'year' is 'x'; expected a whole number");
  EXPECT_NE(message_of([&] { t.integer("long"); }).find(":3: key 'long' is 99999999999"), std::string::npos);
  EXPECT_NE(message_of([&] { t.integers("list"); }).find(":4: key 'list' is 'a'; expected an array of whole"),
            std::string::npos);
  EXPECT_NE(message_of([&] { t.number("bad"); }).find("expected a finite number"), std::string::npos);
}

TEST_F(TomlReader, AMissingKeyIsNamed) {
  const TomlTable t = read("[project]\nid = 'x'\n");
  EXPECT_EQ(
      message_of([&] { t.table("project").string("title"); }),
      file_.filename().string() + ":1: key 'title' is missing in [project]; expected a string in quotes");
}

TEST_F(TomlReader, AnUnknownKeyOffersTheNearest) {
  const TomlTable t = read("palette = 'warm'\nmetod = 'natural'\n");
  t.string("palette");
  t.string("method", "natural");
  EXPECT_EQ(
      message_of([&] { t.finish(); }),
      file_.filename().string() + ":2: unknown key 'metod'; did you mean method? (known: method, palette)");
}

TEST_F(TomlReader, AnUnknownWordOffersTheNearest) {
  const TomlTable t = read("kind = 'cuont'\n");
  EXPECT_EQ(message_of([&] {
              t.word<int>("kind", {{"count", 1}, {"ratio", 2}});
            }),
            file_.filename().string() +
                ":1: key 'kind' is \"cuont\"; expected one of count, ratio; did you mean count?");
  EXPECT_EQ(t.word<int>("none", {{"count", 1}}, 7), 7);
}

TEST_F(TomlReader, UnknownKeysOfATextAreRejected) {
  const TomlTable t = read("title = { zh = '省', eng = 'P' }\n");
  EXPECT_NE(message_of([&] { t.text("title"); }).find("unknown key 'eng' in 'title'; did you mean en?"),
            std::string::npos);
}

TEST_F(TomlReader, ASyntaxErrorHasLineAndColumn) {
  const std::string what = message_of([&] { read("a = 1\nb = = 2\n"); });
  EXPECT_TRUE(what.starts_with(file_.filename().string() + ":2:")) << what;
}

TEST_F(TomlReader, FilesThatAreNoTomlFail) {
  EXPECT_EQ(message_of([&] { read_toml(folder_ / "none.toml"); }), "none.toml: no such file");
  EXPECT_NE(message_of([&] { read_toml(folder_); }).find("is a folder"), std::string::npos);
  const std::string what = message_of([&] { read("title = \"\xC7\xE0\xBA\xA3\"\n"); });  // GBK
  EXPECT_NE(what.find(":1:"), std::string::npos) << what;
}

}  // namespace
}  // namespace battlemap::geo
