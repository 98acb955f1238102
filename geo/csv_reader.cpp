#include "geo/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t piece_bytes = 1U << 18U;
constexpr std::array<char, 4> delimiters{',', ';', '\t', '|'};

/// Spreadsheets that were only given the name of a text file.
void require_text(const std::string& path, std::string_view head) {
  if (head.starts_with("PK\x03\x04"))
    fail("{}: is no text but a zip archive, perhaps a spreadsheet; name it .xlsx or .ods", path);
  if (head.starts_with("\xD0\xCF\x11\xE0")) fail("{}: is no text but an old spreadsheet; name it .xls", path);
  if (head.starts_with("SQLite format 3")) fail("{}: is no text but a database; name it .gpkg", path);
}

/// How often each delimiter stands in one line, not counting what is quoted.
std::array<std::size_t, delimiters.size()> count_delimiters(std::string_view line) {
  std::array<std::size_t, delimiters.size()> counts{};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    for (std::size_t d = 0; d < delimiters.size(); ++d)
      if (!quoted && c == delimiters[d]) ++counts[d];
  }
  return counts;
}

}  // namespace

char detect_delimiter(std::string_view beginning) {
  constexpr std::size_t most_lines = 20;
  std::array<std::size_t, delimiters.size()> first{}, agreeing{};
  std::size_t lines = 0;
  while (!beginning.empty() && lines < most_lines) {
    const std::size_t end = beginning.find_first_of("\r\n");
    const auto counts = count_delimiters(beginning.substr(0, end));
    beginning.remove_prefix(end == std::string_view::npos ? beginning.size() : end + 1);
    if (std::all_of(counts.begin(), counts.end(), [](std::size_t n) { return n == 0; })) continue;
    if (lines++ == 0) first = counts;
    for (std::size_t d = 0; d < delimiters.size(); ++d)
      agreeing[d] += counts[d] > 0 && counts[d] == first[d] ? 1 : 0;
  }
  std::size_t best = 0;
  for (std::size_t d = 1; d < delimiters.size(); ++d)
    if (std::pair(agreeing[d], first[d]) > std::pair(agreeing[best], first[best])) best = d;
  return delimiters[best];
}

TextFile::TextFile(std::string path, std::optional<Encoding> stated)
    : TextFile(path, [&] {
        EncodingGuess guess = detect_file_encoding(path);
        if (!stated || guess.mark > 0) return guess;
        guess.faultless = guess.faultless && guess.encoding == *stated;
        guess.encoding = *stated, guess.confidence = 1, guess.stated = true;
        return guess;
      }()) {}

TextFile::TextFile(std::string path, const EncodingGuess& known)
    : path_(std::move(path)), file_(path_, std::ios::binary), guess_(known) {
  std::error_code error;
  size_ = std::filesystem::file_size(path_, error);
  if (!file_ || error) fail("{}: cannot be read; check its permissions", path_);
  std::string head(16, '\0');
  file_.read(head.data(), static_cast<std::streamsize>(head.size()));
  require_text(path_, std::string_view(head).substr(0, static_cast<std::size_t>(file_.gcount())));
  file_.clear();
  file_.seekg(static_cast<std::streamoff>(guess_.mark));
  taken_ = guess_.mark;
  const bool as_it_is = guess_.encoding == Encoding::utf8 && guess_.faultless;
  if (!as_it_is) decoder_.emplace(guess_.encoding);
}

bool TextFile::read(std::string& text) {
  piece_.resize(piece_bytes);
  file_.read(piece_.data(), static_cast<std::streamsize>(piece_bytes));
  const auto count = static_cast<std::size_t>(file_.gcount());
  taken_ += count;
  if (count == 0) {
    if (taken_ < size_)
      fail("{}: became shorter while it was being read ({} of {} bytes); read it again when it is complete",
           path_, taken_, size_);
    if (decoder_) decoder_->finish(text);
    return false;
  }
  const std::string_view bytes(piece_.data(), count);
  decoder_ ? decoder_->decode(bytes, text) : void(text += bytes);
  return true;
}

CsvReader::CsvReader(const std::string& path, std::optional<Encoding> stated)
    : CsvReader(TextFile(path, stated), path) {}

CsvReader::CsvReader(const std::string& path, const EncodingGuess& known)
    : CsvReader(TextFile(path, known), path) {}

CsvReader::CsvReader(TextFile file, const std::string& path) : file_(std::move(file)) {
  fill();
  if (std::string_view(text_).substr(0, 4096).find('\0') != std::string_view::npos)
    fail("{}: is no text: it holds zero bytes; save the table as UTF-8 text or as .xlsx", path);
  delimiter_ = detect_delimiter(std::string_view(text_).substr(0, piece_bytes));
}

/// More text after what is left; false when there is none.
bool CsvReader::fill() {
  if (ended_) return false;
  text_.erase(0, at_), at_ = 0;
  const std::size_t before = text_.size();
  while (text_.size() == before && !ended_) ended_ = !file_.read(text_);
  return text_.size() > before;
}

bool CsvReader::give_up() {
  unclosed_ = row_;
  ended_ = true;
  text_.clear(), at_ = 0;
  return false;
}

/// Behind an opening quote, to behind the closing one; false when there is none.
bool CsvReader::take_quoted() {
  while (true) {
    if (at_ == text_.size() && !fill()) return false;
    const std::size_t quote = std::min(text_.find('"', at_), text_.size());
    record_.append(text_, at_, quote - at_);
    at_ = quote;
    if (record_.size() > most_record_bytes) return false;
    if (quote == text_.size()) continue;
    if (++at_ == text_.size()) fill();
    if (at_ == text_.size() || text_[at_] != '"') return true;
    record_ += '"', ++at_;
  }
}

/// To the next delimiter or line end.
void CsvReader::take_plain() {
  while (true) {
    std::size_t stop = at_;
    for (const std::size_t end = text_.size(); stop < end; ++stop)
      if (const char c = text_[stop]; c == delimiter_ || c == '\n' || c == '\r') break;
    record_.append(text_, at_, stop - at_);
    at_ = stop;
    if (at_ < text_.size() || record_.size() > most_record_bytes || !fill()) return;
  }
}

/// At a delimiter, a line end or the end of the text; true when the record ends here, which is then passed.
bool CsvReader::end_of_record() {
  if (at_ == text_.size() && !fill()) return true;
  if (text_[at_] == delimiter_) return ++at_, false;
  const bool carriage = text_[at_++] == '\r';
  if (carriage && at_ == text_.size()) fill();
  if (carriage && at_ < text_.size() && text_[at_] == '\n') ++at_;
  return true;
}

bool CsvReader::next(std::vector<std::string_view>& cells) {
  record_.clear(), ends_.clear(), cells.clear();
  if (at_ == text_.size() && !fill()) return false;
  ++row_;
  do {
    const bool more = at_ < text_.size() || fill();
    if (more && text_[at_] == '"' && (++at_, !take_quoted())) return give_up();
    take_plain();
    if (record_.size() > most_record_bytes) return give_up();
    ends_.push_back(record_.size());
  } while (!end_of_record());
  std::size_t begin = 0;
  for (const std::size_t end : ends_) {
    cells.push_back(std::string_view(record_).substr(begin, end - begin));
    begin = end;
  }
  return true;
}

}  // namespace battlemap::geo
