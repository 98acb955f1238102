#include "geo/text_encoding.hpp"

#include <gtest/gtest.h>

#include "layer_fixture.hpp"

namespace battlemap::geo {
namespace {

const std::string qinghai_gbk = "\xC7\xE0\xBA\xA3\xCA\xA1";  // 青海省
const std::string town_utf8 = "乐都区雨润镇";

EncodingGuess guess(std::string_view bytes, std::size_t piece = 1) {
  EncodingDetector detector;
  for (std::size_t i = 0; i < bytes.size(); i += piece) detector.add(bytes.substr(i, piece));
  return detector.guess();
}

std::string decoded(Encoding encoding, std::string_view bytes, std::size_t piece = 1) {
  TextDecoder decoder(encoding);
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += piece) decoder.decode(bytes.substr(i, piece), text);
  decoder.finish(text);
  return text;
}

TEST(TextEncoding, IsFoundWithItsConfidence) {
  struct Case {
    const char* what;
    std::string bytes;
    Encoding encoding;
    double least, most;
  };
  const std::vector<Case> cases{
      {"ASCII", "code,1\n", Encoding::utf8, 1, 1},
      {"UTF-8 names", "code," + town_utf8, Encoding::utf8, 0.98, 1},
      {"UTF-8 with mark",
       "\xEF\xBB\xBF"
       "code,1",
       Encoding::utf8, 1, 1},
      {"GBK names", "code," + qinghai_gbk, Encoding::gb18030, 0.99, 1},
      {"one GBK character that UTF-8 could mean, too", "\xD2\xBB,1", Encoding::gb18030, 0.4, 0.6},
      {"one UTF-8 character", "村,1", Encoding::utf8, 0.95, 0.99},
      {"UTF-8 with one broken byte", town_utf8 + town_utf8 + "\xFF" + town_utf8, Encoding::utf8, 0.9, 0.99},
      {"Latin-1", "S\xE3o Jo\xE3o, Br\xE9sil", Encoding::utf8, 0, 0.3},
      {"UTF-16 without mark", std::string("c\0o\0d\0e\0,\0001\0\n\0", 14), Encoding::utf16le, 0.8, 1},
      {"UTF-16 big end first", std::string("\0c\0o\0d\0e\0,\0001", 12), Encoding::utf16be, 0.8, 1},
      {"UTF-16 with mark",
       std::string("\xFF\xFE"
                   "c\0",
                   4),
       Encoding::utf16le, 1, 1}};
  for (const Case& each : cases)
    for (const std::size_t piece : {1U, 3U, 1000U}) {
      const EncodingGuess found = guess(each.bytes, piece);
      EXPECT_EQ(encoding_name(found.encoding), encoding_name(each.encoding)) << each.what;
      EXPECT_GE(found.confidence, each.least) << each.what;
      EXPECT_LE(found.confidence, each.most) << each.what;
    }
}

TEST(TextEncoding, IsDescribedForPeople) {
  EXPECT_EQ(describe(guess("abc")), "ASCII");
  EXPECT_EQ(describe(guess("\xEF\xBB\xBF"
                           "abc")),
            "UTF-8 (byte order mark)");
  EXPECT_EQ(describe(guess(qinghai_gbk)), "GB18030, confidence 100 %");
  EncodingGuess stated;
  stated.encoding = Encoding::gb18030, stated.stated = true;
  EXPECT_EQ(describe(stated), "GB18030 (stated)");
  EXPECT_EQ(parse_encoding("GBK"), Encoding::gb18030);
  EXPECT_EQ(parse_encoding("gb-2312"), Encoding::gb18030);
  EXPECT_EQ(parse_encoding("Utf-8"), Encoding::utf8);
  EXPECT_FALSE(parse_encoding("Big5"));
}

TEST(TextEncoding, IsDecodedWhereverThePiecesAreCut) {
  for (const std::size_t piece : {1U, 2U, 3U, 100U}) {
    EXPECT_EQ(decoded(Encoding::gb18030, qinghai_gbk, piece), "青海省");
    EXPECT_EQ(decoded(Encoding::gb18030, "\x95\x32\x82\x36", piece), "𠀀");  // four bytes
    EXPECT_EQ(decoded(Encoding::utf16le, std::string_view("\x52\x97\x77\x6D,\0", 6), piece), "青海,");
    EXPECT_EQ(decoded(Encoding::utf8,
                      "a\xFF"
                      "b",
                      piece),
              "a\uFFFDb");
    EXPECT_EQ(decoded(Encoding::utf8, "ab\xE9\x9D", piece), "ab\uFFFD");  // cut at the end of the file
  }
}

}  // namespace
}  // namespace battlemap::geo
