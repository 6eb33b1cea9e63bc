// The calls of GLib and arrow-glib that carrow_glib.c makes, as their documentation declares them
// (arrow-glib 6 to 26), so that their use can be checked where neither is installed:
// scripts/check-glib.sh. Nothing is built with this.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

typedef void *gpointer;
typedef int gint, gboolean;
typedef unsigned guint;
typedef int64_t gint64;
typedef uint64_t guint64;
typedef size_t gsize;
typedef char gchar;
#define FALSE 0
#define TRUE 1

typedef struct {
  uint32_t domain;
  gint code;
  gchar *message;
} GError;
typedef struct GList GList;
typedef struct GObject GObject;

void g_free(gpointer memory);
gchar *g_strdup(const gchar *text);
void g_clear_error(GError **error);
void g_propagate_error(GError **target, GError *source);
void g_object_unref(gpointer object);
void g_clear_object_checked(gpointer *object);
#define g_clear_object(place) ((void)*(place), g_clear_object_checked((gpointer *)(place)))
#define g_new0(type, count) ((type *)calloc((count), sizeof(type)))
GList *g_list_append(GList *list, gpointer data);
void g_list_free(GList *list);
#define G_OBJECT(object) ((GObject *)(object))

typedef struct GArrowSchema GArrowSchema;
typedef struct GArrowTable GArrowTable;
typedef struct GArrowRecordBatch GArrowRecordBatch;
typedef struct GArrowRecordBatchReader GArrowRecordBatchReader;
typedef struct GArrowTableBatchReader GArrowTableBatchReader;
typedef struct GArrowRecordBatchFileReader GArrowRecordBatchFileReader;
typedef struct GArrowRecordBatchWriter GArrowRecordBatchWriter;
typedef struct GArrowRecordBatchFileWriter GArrowRecordBatchFileWriter;
typedef struct GArrowSeekableInputStream GArrowSeekableInputStream;
typedef struct GArrowMemoryMappedInputStream GArrowMemoryMappedInputStream;
typedef struct GArrowOutputStream GArrowOutputStream;
typedef struct GArrowFileOutputStream GArrowFileOutputStream;

#define GARROW_SEEKABLE_INPUT_STREAM(object) ((GArrowSeekableInputStream *)(object))
#define GARROW_OUTPUT_STREAM(object) ((GArrowOutputStream *)(object))
#define GARROW_RECORD_BATCH_READER(object) ((GArrowRecordBatchReader *)(object))
#define GARROW_RECORD_BATCH_FILE_READER(object) ((GArrowRecordBatchFileReader *)(object))
#define GARROW_RECORD_BATCH_WRITER(object) ((GArrowRecordBatchWriter *)(object))

gpointer garrow_schema_export(GArrowSchema *schema, GError **error);
gboolean garrow_record_batch_export(GArrowRecordBatch *batch, gpointer *array, gpointer *schema,
                                    GError **error);

GArrowRecordBatchReader *garrow_record_batch_reader_import(gpointer stream, GError **error);
GArrowRecordBatchReader *garrow_record_batch_reader_new(GList *batches, GArrowSchema *schema,
                                                        GError **error);
GArrowSchema *garrow_record_batch_reader_get_schema(GArrowRecordBatchReader *reader);
GArrowRecordBatch *garrow_record_batch_reader_read_next(GArrowRecordBatchReader *reader,
                                                        GError **error);
GArrowTableBatchReader *garrow_table_batch_reader_new(GArrowTable *table);
GArrowTable *garrow_table_new_record_batches(GArrowSchema *schema, GArrowRecordBatch **batches,
                                             gsize count, GError **error);

GArrowRecordBatchFileReader *garrow_record_batch_file_reader_new(GArrowSeekableInputStream *file,
                                                                 GError **error);
GArrowSchema *garrow_record_batch_file_reader_get_schema(GArrowRecordBatchFileReader *reader);
guint garrow_record_batch_file_reader_get_n_record_batches(GArrowRecordBatchFileReader *reader);
GArrowRecordBatch *garrow_record_batch_file_reader_read_record_batch(
    GArrowRecordBatchFileReader *reader, guint number, GError **error);

GArrowRecordBatchFileWriter *garrow_record_batch_file_writer_new(GArrowOutputStream *sink,
                                                                 GArrowSchema *schema,
                                                                 GError **error);
gboolean garrow_record_batch_writer_write_record_batch(GArrowRecordBatchWriter *writer,
                                                       GArrowRecordBatch *batch, GError **error);
gboolean garrow_record_batch_writer_close(GArrowRecordBatchWriter *writer, GError **error);

GArrowMemoryMappedInputStream *garrow_memory_mapped_input_stream_new(const gchar *path,
                                                                     GError **error);
GArrowFileOutputStream *garrow_file_output_stream_new(const gchar *path, gboolean append,
                                                      GError **error);
