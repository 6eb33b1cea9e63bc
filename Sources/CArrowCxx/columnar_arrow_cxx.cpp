// Arrow's C++ libraries behind the calls of columnar_arrow.h.

#ifdef COLUMNAR_LIBARROW

#include "columnar_arrow_cxx.h"
// Beside CArrowShim's: this target stands below it.
#include "../CArrowShim/include/columnar_arrow.h"

#include <arrow/adapters/orc/adapter.h>
#include <arrow/api.h>
#include <arrow/c/bridge.h>
#include <arrow/io/api.h>
#include <arrow/ipc/api.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/writer.h>
#include <parquet/encryption/encryption.h>

#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#if __has_include(<arrow/util/secure_string.h>)
#include <arrow/util/secure_string.h>
using Key = arrow::util::SecureString;
#else
using Key = std::string;
#endif

namespace {

using Options = columnar_arrow_options;
using BatchReader = std::shared_ptr<arrow::RecordBatchReader>;

Key key_of(const columnar_arrow_key &key) {
  return Key(std::string(reinterpret_cast<const char *>(key.bytes), key.length));
}

// Later versions name the column in the map alone.
template <typename Builder>
Builder column_builder(const std::string &path) {
  if constexpr (std::is_default_constructible_v<Builder>)
    return Builder();
  else
    return Builder(path);
}

// A reader that keeps alive what it reads from.
template <typename Owner>
class Kept : public arrow::RecordBatchReader {
 public:
  Kept(Owner owner, BatchReader reader) : owner_(std::move(owner)), reader_(std::move(reader)) {}
  ~Kept() override { reader_.reset(); }
  std::shared_ptr<arrow::Schema> schema() const override { return reader_->schema(); }
  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch> *batch) override {
    try {
      return reader_->ReadNext(batch);
    } catch (const std::exception &error) {
      return arrow::Status::IOError(error.what());
    }
  }

 private:
  Owner owner_;
  BatchReader reader_;
};

// The batches of an Arrow file, in order.
class FileBatches : public arrow::RecordBatchReader {
 public:
  explicit FileBatches(std::shared_ptr<arrow::ipc::RecordBatchFileReader> file)
      : file_(std::move(file)) {}
  std::shared_ptr<arrow::Schema> schema() const override { return file_->schema(); }
  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch> *batch) override {
    batch->reset();
    if (next_ >= file_->num_record_batches()) return arrow::Status::OK();
    return file_->ReadRecordBatch(next_++).Value(batch);
  }

 private:
  std::shared_ptr<arrow::ipc::RecordBatchFileReader> file_;
  int next_ = 0;
};

arrow::Result<BatchReader> open_parquet(std::shared_ptr<arrow::io::RandomAccessFile> file,
                                        const Options &options) {
  auto properties = parquet::default_reader_properties();
  if (options.key_count > 0) {
    parquet::FileDecryptionProperties::Builder builder;
    parquet::ColumnPathToDecryptionPropertiesMap columns;
    for (size_t k = 0; k < options.key_count; k++) {
      const columnar_arrow_key &key = options.keys[k];
      if (key.column) {
        parquet::ColumnDecryptionProperties::Builder column(key.column);
        columns[key.column] = column.key(key_of(key))->build();
      } else {
        builder.footer_key(key_of(key));
      }
    }
    if (!columns.empty()) builder.column_keys(columns);
    if (options.aad_prefix) builder.aad_prefix(options.aad_prefix);
    properties.file_decryption_properties(builder.plaintext_files_allowed()->build());
  }
  parquet::ArrowReaderProperties arrow_properties = parquet::default_arrow_reader_properties();
  if (options.batch_rows > 0) arrow_properties.set_batch_size(options.batch_rows);
  parquet::arrow::FileReaderBuilder builder;
  ARROW_RETURN_NOT_OK(builder.Open(std::move(file), properties));
  std::unique_ptr<parquet::arrow::FileReader> reader;
  ARROW_RETURN_NOT_OK(builder.properties(arrow_properties)->Build(&reader));
  std::shared_ptr<parquet::arrow::FileReader> owner = std::move(reader);
  ARROW_ASSIGN_OR_RAISE(BatchReader batches, owner->GetRecordBatchReader());
  return std::make_shared<Kept<decltype(owner)>>(owner, std::move(batches));
}

arrow::Result<BatchReader> open_orc(std::shared_ptr<arrow::io::RandomAccessFile> file,
                                    const Options &options) {
  ARROW_ASSIGN_OR_RAISE(auto reader, arrow::adapters::orc::ORCFileReader::Open(
                                         std::move(file), arrow::default_memory_pool()));
  std::shared_ptr<arrow::adapters::orc::ORCFileReader> owner = std::move(reader);
  int64_t rows = options.batch_rows > 0 ? options.batch_rows : 1 << 16;
  ARROW_ASSIGN_OR_RAISE(BatchReader batches, owner->GetRecordBatchReader(rows, {}));
  return std::make_shared<Kept<decltype(owner)>>(owner, std::move(batches));
}

arrow::Status open(int format, const std::string &path, const Options &options,
                   ArrowArrayStream *stream) {
  ARROW_ASSIGN_OR_RAISE(auto file,
                        arrow::io::MemoryMappedFile::Open(path, arrow::io::FileMode::READ));
  BatchReader reader;
  switch (format) {
    case COLUMNAR_ARROW_PARQUET: {
      ARROW_ASSIGN_OR_RAISE(reader, open_parquet(file, options));
      break;
    }
    case COLUMNAR_ARROW_ORC: {
      ARROW_ASSIGN_OR_RAISE(reader, open_orc(file, options));
      break;
    }
    case COLUMNAR_ARROW_IPC: {
      // A stream that was saved begins with its first message.
      ARROW_ASSIGN_OR_RAISE(auto magic, file->ReadAt(0, 6));
      if (magic->ToString() != "ARROW1") {
        ARROW_ASSIGN_OR_RAISE(reader, arrow::ipc::RecordBatchStreamReader::Open(file));
        break;
      }
      ARROW_ASSIGN_OR_RAISE(auto opened, arrow::ipc::RecordBatchFileReader::Open(file));
      reader = std::make_shared<FileBatches>(std::move(opened));
      break;
    }
    default:
      return arrow::Status::NotImplemented("a format that is not known");
  }
  return arrow::ExportRecordBatchReader(std::move(reader), stream);
}

arrow::Status write_parquet(arrow::RecordBatchReader &batches,
                            std::shared_ptr<arrow::io::OutputStream> sink,
                            const Options &options) {
  parquet::WriterProperties::Builder properties;
  if (options.key_count > 0) {
    Key footer;
    parquet::ColumnPathToEncryptionPropertiesMap columns;
    for (size_t k = 0; k < options.key_count; k++) {
      const columnar_arrow_key &key = options.keys[k];
      if (key.column) {
        auto column = column_builder<parquet::ColumnEncryptionProperties::Builder>(key.column);
        columns[key.column] = column.key(key_of(key))->build();
      } else {
        footer = key_of(key);
      }
    }
    parquet::FileEncryptionProperties::Builder builder(footer);
    if (!columns.empty()) builder.encrypted_columns(columns);
    if (options.aad_prefix) builder.aad_prefix(options.aad_prefix);
    properties.encryption(builder.build());
  }
  ARROW_ASSIGN_OR_RAISE(
      auto writer, parquet::arrow::FileWriter::Open(*batches.schema(), arrow::default_memory_pool(),
                                                    std::move(sink), properties.build()));
  std::shared_ptr<arrow::RecordBatch> batch;
  while (true) {
    ARROW_RETURN_NOT_OK(batches.ReadNext(&batch));
    if (!batch) break;
    ARROW_RETURN_NOT_OK(writer->WriteRecordBatch(*batch));
  }
  return writer->Close();
}

arrow::Status write_orc(arrow::RecordBatchReader &batches, arrow::io::OutputStream *sink) {
  ARROW_ASSIGN_OR_RAISE(auto writer, arrow::adapters::orc::ORCFileWriter::Open(sink));
  std::shared_ptr<arrow::RecordBatch> batch;
  while (true) {
    ARROW_RETURN_NOT_OK(batches.ReadNext(&batch));
    if (!batch) break;
    ARROW_RETURN_NOT_OK(writer->Write(*batch));
  }
  return writer->Close();
}

arrow::Status write_ipc(arrow::RecordBatchReader &batches, arrow::io::OutputStream *sink) {
  ARROW_ASSIGN_OR_RAISE(auto writer, arrow::ipc::MakeFileWriter(sink, batches.schema()));
  std::shared_ptr<arrow::RecordBatch> batch;
  while (true) {
    ARROW_RETURN_NOT_OK(batches.ReadNext(&batch));
    if (!batch) break;
    ARROW_RETURN_NOT_OK(writer->WriteRecordBatch(*batch));
  }
  return writer->Close();
}

arrow::Status write(int format, const std::string &path, const Options &options,
                    ArrowArrayStream *stream) {
  ARROW_ASSIGN_OR_RAISE(auto batches, arrow::ImportRecordBatchReader(stream));
  ARROW_ASSIGN_OR_RAISE(auto sink, arrow::io::FileOutputStream::Open(path));
  switch (format) {
    case COLUMNAR_ARROW_PARQUET:
      ARROW_RETURN_NOT_OK(write_parquet(*batches, sink, options));
      break;
    case COLUMNAR_ARROW_ORC:
      ARROW_RETURN_NOT_OK(write_orc(*batches, sink.get()));
      break;
    case COLUMNAR_ARROW_IPC:
      ARROW_RETURN_NOT_OK(write_ipc(*batches, sink.get()));
      break;
    default:
      return arrow::Status::NotImplemented("a format that is not known");
  }
  return sink->Close();
}

// The number of a status, and its text; what is thrown is one too.
template <typename Body>
int guarded(char *error, size_t error_size, Body body) {
  arrow::Status status;
  try {
    status = body();
  } catch (const std::exception &thrown) {
    status = arrow::Status::IOError(thrown.what());
  } catch (...) {
    status = arrow::Status::UnknownError("something was thrown");
  }
  if (status.ok()) return 0;
  std::snprintf(error, error_size, "%s", status.ToString().c_str());
  return 1;
}

}  // namespace

extern "C" int columnar_arrow_cxx_open(int format, const char *path,
                                       const columnar_arrow_options *options,
                                       ArrowArrayStream *stream, char *error, size_t error_size) {
  return guarded(error, error_size, [&] { return open(format, path, *options, stream); });
}

extern "C" int columnar_arrow_cxx_write(int format, const char *path,
                                        const columnar_arrow_options *options,
                                        ArrowArrayStream *stream, char *error,
                                        size_t error_size) {
  return guarded(error, error_size, [&] { return write(format, path, *options, stream); });
}

#endif
