// See arrow-glib.h.
#pragma once

#include <arrow-glib/arrow-glib.h>

typedef struct GArrowORCFileReader GArrowORCFileReader;
#define GARROW_ORC_FILE_READER(object) ((GArrowORCFileReader *)(object))

GArrowORCFileReader *garrow_orc_file_reader_new(GArrowSeekableInputStream *file, GError **error);
GArrowSchema *garrow_orc_file_reader_read_type(GArrowORCFileReader *reader, GError **error);
gint64 garrow_orc_file_reader_get_n_stripes(GArrowORCFileReader *reader);
GArrowRecordBatch *garrow_orc_file_reader_read_stripe(GArrowORCFileReader *reader, gint64 number,
                                                      GError **error);
