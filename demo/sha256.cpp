#include "demo/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>
#include <vector>

#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1)
      geo::fail("OpenSSL offers no SHA-256");
  }
  void add(const char* bytes, std::size_t count) { EVP_DigestUpdate(context_.get(), bytes, count); }
  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int count = 0;
    EVP_DigestFinal_ex(context_.get(), bytes.data(), &count);
    std::string text;
    for (unsigned int i = 0; i < count; ++i) text += fmt::format("{:02x}", bytes[i]);
    return text;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string sha256_of(std::string_view bytes) {
  Digest digest;
  digest.add(bytes.data(), bytes.size());
  return digest.hex();
}

std::string sha256_of_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) geo::fail("cannot read {}", file.string());
  Digest digest;
  std::vector<char> buffer(1U << 20U);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    digest.add(buffer.data(), static_cast<std::size_t>(in.gcount()));
  if (in.bad()) geo::fail("cannot read {} to its end", file.string());
  return digest.hex();
}

void require_sha256(const std::filesystem::path& file, std::string_view expected) {
  const std::string found = sha256_of_file(file);
  if (found != expected)
    geo::fail(
        "{} is not the file it should be: sha256 expected {}, got {}. Delete it to have it fetched again.",
        file.string(), expected, found);
}

}  // namespace battlemap::demo
