// See arrow-glib.h.
#pragma once

#include <arrow-glib/arrow-glib.h>

typedef struct GParquetArrowFileReader GParquetArrowFileReader;
typedef struct GParquetArrowFileWriter GParquetArrowFileWriter;
typedef struct GParquetWriterProperties GParquetWriterProperties;
#define GPARQUET_ARROW_FILE_READER(object) ((GParquetArrowFileReader *)(object))

GParquetArrowFileReader *gparquet_arrow_file_reader_new_arrow(GArrowSeekableInputStream *source,
                                                              GError **error);
GArrowSchema *gparquet_arrow_file_reader_get_schema(GParquetArrowFileReader *reader,
                                                    GError **error);
gint gparquet_arrow_file_reader_get_n_row_groups(GParquetArrowFileReader *reader);
GArrowTable *gparquet_arrow_file_reader_read_row_group(GParquetArrowFileReader *reader,
                                                       gint number, gint *columns, gsize count,
                                                       GError **error);

GParquetArrowFileWriter *gparquet_arrow_file_writer_new_path(GArrowSchema *schema,
                                                             const gchar *path,
                                                             GParquetWriterProperties *properties,
                                                             GError **error);
gboolean gparquet_arrow_file_writer_write_table(GParquetArrowFileWriter *writer,
                                                GArrowTable *table, guint64 chunk_size,
                                                GError **error);
gboolean gparquet_arrow_file_writer_close(GParquetArrowFileWriter *writer, GError **error);
