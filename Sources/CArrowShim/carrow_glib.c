// arrow-glib and parquet-glib behind the calls of columnar_arrow.h.

#ifdef COLUMNAR_ARROW_GLIB

#include "carrow_glib.h"

#include <arrow-glib/arrow-glib.h>
#include <arrow-glib/orc-file-reader.h>
#include <errno.h>
#include <parquet-glib/parquet-glib.h>
#include <stdio.h>
#include <string.h>

// A file that is read part by part: a row group, a stripe or a batch at a time.
struct source {
  int format;
  GObject *reader;
  GObject *input;
  GArrowSchema *schema;
  gint64 next;
  gint64 count;
  // The batches of the part at hand, and what they are slices of.
  GArrowRecordBatchReader *batches;
  GObject *part;
  char *text;
};

static void set_error(struct source *source, GError *error) {
  g_free(source->text);
  source->text = g_strdup(error ? error->message : "the library says no reason");
  g_clear_error(&error);
}

static void close_part(struct source *source) {
  g_clear_object(&source->batches);
  g_clear_object(&source->part);
}

static void close_source(struct source *source) {
  close_part(source);
  g_clear_object(&source->schema);
  g_clear_object(&source->reader);
  g_clear_object(&source->input);
  g_free(source->text);
  g_free(source);
}

static int stream_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  struct source *source = stream->private_data;
  GError *error = NULL;
  struct ArrowSchema *made = garrow_schema_export(source->schema, &error);
  if (!made) {
    set_error(source, error);
    return EIO;
  }
  *out = *made;
  g_free(made);
  return 0;
}

// The batches of the next part.
static GArrowRecordBatchReader *next_part(struct source *source, GError **error) {
  gint64 number = source->next++;
  if (source->format == COLUMNAR_ARROW_PARQUET) {
    GArrowTable *table = gparquet_arrow_file_reader_read_row_group(
        GPARQUET_ARROW_FILE_READER(source->reader), (gint)number, NULL, 0, error);
    if (!table) return NULL;
    source->part = G_OBJECT(table);
    return GARROW_RECORD_BATCH_READER(garrow_table_batch_reader_new(table));
  }
  GArrowRecordBatch *batch =
      source->format == COLUMNAR_ARROW_ORC
          ? garrow_orc_file_reader_read_stripe(GARROW_ORC_FILE_READER(source->reader), number,
                                               error)
          : garrow_record_batch_file_reader_read_record_batch(
                GARROW_RECORD_BATCH_FILE_READER(source->reader), (guint)number, error);
  if (!batch) return NULL;
  GList *list = g_list_append(NULL, batch);
  GArrowRecordBatchReader *batches = garrow_record_batch_reader_new(list, source->schema, error);
  g_list_free(list);
  source->part = G_OBJECT(batch);
  return batches;
}

static int stream_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  struct source *source = stream->private_data;
  memset(out, 0, sizeof *out);
  while (1) {
    GError *error = NULL;
    if (!source->batches) {
      if (source->next >= source->count) return 0;
      source->batches = next_part(source, &error);
      if (!source->batches) {
        set_error(source, error);
        source->next = source->count;
        return EIO;
      }
    }
    GArrowRecordBatch *batch = garrow_record_batch_reader_read_next(source->batches, &error);
    if (error) {
      set_error(source, error);
      source->next = source->count;
      close_part(source);
      return EIO;
    }
    if (!batch) {
      close_part(source);
      continue;
    }
    gpointer array = NULL;
    gpointer schema = NULL;
    gboolean exported = garrow_record_batch_export(batch, &array, &schema, &error);
    g_object_unref(batch);
    if (!exported) {
      set_error(source, error);
      return EIO;
    }
    struct ArrowSchema *described = schema;
    described->release(described);
    g_free(described);
    *out = *(struct ArrowArray *)array;
    g_free(array);
    return 0;
  }
}

static const char *stream_error(struct ArrowArrayStream *stream) {
  return ((struct source *)stream->private_data)->text;
}

static void stream_release(struct ArrowArrayStream *stream) {
  close_source(stream->private_data);
  stream->private_data = NULL;
  stream->release = NULL;
}

static int fail(GError *failure, char *error, size_t error_size) {
  snprintf(error, error_size, "%s", failure ? failure->message : "the library says no reason");
  g_clear_error(&failure);
  return 1;
}

// Opens the reader of the format, and finds out the schema and the number of parts.
static gboolean open_reader(struct source *source, GError **error) {
  GArrowSeekableInputStream *input = GARROW_SEEKABLE_INPUT_STREAM(source->input);
  switch (source->format) {
  case COLUMNAR_ARROW_PARQUET: {
    GParquetArrowFileReader *reader = gparquet_arrow_file_reader_new_arrow(input, error);
    if (!reader) return FALSE;
    source->reader = G_OBJECT(reader);
    source->schema = gparquet_arrow_file_reader_get_schema(reader, error);
    source->count = gparquet_arrow_file_reader_get_n_row_groups(reader);
    break;
  }
  case COLUMNAR_ARROW_ORC: {
    GArrowORCFileReader *reader = garrow_orc_file_reader_new(input, error);
    if (!reader) return FALSE;
    source->reader = G_OBJECT(reader);
    source->schema = garrow_orc_file_reader_read_type(reader, error);
    source->count = garrow_orc_file_reader_get_n_stripes(reader);
    break;
  }
  default: {
    GArrowRecordBatchFileReader *reader = garrow_record_batch_file_reader_new(input, error);
    if (!reader) return FALSE;
    source->reader = G_OBJECT(reader);
    source->schema = garrow_record_batch_file_reader_get_schema(reader);
    source->count = garrow_record_batch_file_reader_get_n_record_batches(reader);
  }
  }
  return source->schema != NULL;
}

int carrow_glib_open(int format, const char *path, const struct columnar_arrow_options *options,
                     struct ArrowArrayStream *stream, char *error, size_t error_size) {
  if (options->key_count > 0) {
    snprintf(error, error_size, "parquet-glib reads no encrypted files; the trait LibArrow does");
    return 1;
  }
  GError *failure = NULL;
  GArrowMemoryMappedInputStream *input = garrow_memory_mapped_input_stream_new(path, &failure);
  if (!input) return fail(failure, error, error_size);
  struct source *source = g_new0(struct source, 1);
  source->format = format;
  source->input = G_OBJECT(input);
  if (!open_reader(source, &failure)) {
    close_source(source);
    return fail(failure, error, error_size);
  }
  stream->get_schema = stream_schema;
  stream->get_next = stream_next;
  stream->get_last_error = stream_error;
  stream->release = stream_release;
  stream->private_data = source;
  return 0;
}

// Writes one batch after the other with a writer of the format.
static gboolean write_batches(int format, GArrowRecordBatchReader *batches, GArrowSchema *schema,
                              const char *path, GError **error) {
  GParquetArrowFileWriter *parquet = NULL;
  GArrowRecordBatchFileWriter *ipc = NULL;
  GArrowFileOutputStream *output = NULL;
  gboolean ok;
  if (format == COLUMNAR_ARROW_PARQUET) {
    parquet = gparquet_arrow_file_writer_new_path(schema, path, NULL, error);
    ok = parquet != NULL;
  } else {
    output = garrow_file_output_stream_new(path, FALSE, error);
    if (output)
      ipc = garrow_record_batch_file_writer_new(GARROW_OUTPUT_STREAM(output), schema, error);
    ok = ipc != NULL;
  }
  while (ok) {
    GError *failure = NULL;
    GArrowRecordBatch *batch = garrow_record_batch_reader_read_next(batches, &failure);
    if (failure) {
      g_propagate_error(error, failure);
      ok = FALSE;
    }
    if (!batch) break;
    if (ipc) {
      ok = garrow_record_batch_writer_write_record_batch(GARROW_RECORD_BATCH_WRITER(ipc), batch,
                                                         error);
    } else {
      GArrowTable *table = garrow_table_new_record_batches(schema, &batch, 1, error);
      ok = table && gparquet_arrow_file_writer_write_table(parquet, table, 1 << 20, error);
      g_clear_object(&table);
    }
    g_object_unref(batch);
  }
  if (ok && parquet) ok = gparquet_arrow_file_writer_close(parquet, error);
  if (ok && ipc)
    ok = garrow_record_batch_writer_close(GARROW_RECORD_BATCH_WRITER(ipc), error);
  g_clear_object(&parquet);
  g_clear_object(&ipc);
  g_clear_object(&output);
  return ok;
}

int carrow_glib_write(int format, const char *path, const struct columnar_arrow_options *options,
                      struct ArrowArrayStream *stream, char *error, size_t error_size) {
  if (options->key_count > 0 || format == COLUMNAR_ARROW_ORC) {
    snprintf(error, error_size, "arrow-glib writes no %s; the trait LibArrow does",
             format == COLUMNAR_ARROW_ORC ? "ORC files" : "encrypted files");
    return 1;
  }
  GError *failure = NULL;
  GArrowRecordBatchReader *batches = garrow_record_batch_reader_import(stream, &failure);
  if (!batches) return fail(failure, error, error_size);
  GArrowSchema *schema = garrow_record_batch_reader_get_schema(batches);
  gboolean ok = write_batches(format, batches, schema, path, &failure);
  g_clear_object(&schema);
  g_object_unref(batches);
  return ok ? 0 : fail(failure, error, error_size);
}

#else

// The file is empty without the trait; C asks for something in it.
typedef int carrow_glib_is_off;

#endif
