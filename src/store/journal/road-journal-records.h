/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/* The records of a scan's journal. The number is the first member of each record. */
typedef enum
{
  ROAD_RECORD_BEGIN = 1, /* what is scanned, and how */
  ROAD_RECORD_HOSTS, /* what is known about hosts, and new results of them, see #RoadJournalHosts */
  ROAD_RECORD_ENDED, /* addresses of which nothing more is asked and that are not listed */
  ROAD_RECORD_TIME,  /* how long the scan has run */
  ROAD_RECORD_END,   /* how the scan ended */
  ROAD_RECORD_NOTES, /* the notes about a host that an earlier record has */
  ROAD_RECORD_SERVICE, /* what a port of a host was found to be */
} RoadRecordKind;

/* Who writes journals. */
#define ROAD_JOURNAL_OWNER_CLI "cli"
#define ROAD_JOURNAL_OWNER_WINDOW "window"

/* A file that the report is to be written to. */
typedef struct
{
  char *uri;
  char *format; /* its name, see road_format_get_name() */
} RoadJournalOutput;

/* What a scan begins with. */
typedef struct
{
  char *owner; /* the program that scans: %ROAD_JOURNAL_OWNER_CLI or %ROAD_JOURNAL_OWNER_WINDOW */
  char *targets;
  RoadProfile *profile;
  guint64 seed;
  GDateTime *started;
  GPtrArray *outputs; /* of RoadJournalOutput */
  guint flags;        /* for the outputs, a #RoadFormatFlags */
} RoadJournalBegin;

void road_journal_begin_clear (RoadJournalBegin *self);
void road_journal_begin_add_output (RoadJournalBegin *self, const char *uri, const char *format);

GVariant *road_record_new_begin (const RoadJournalBegin *begin);
GVariant *road_record_new_notes (RoadHost *host);
GVariant *road_record_new_ended (GArray *addresses);
GVariant *road_record_new_time (double elapsed);
GVariant *road_record_new_service (RoadHost *host, guint16 port);
GVariant *road_record_new_end (RoadReportStatus status);

gboolean road_record_is (GVariant *record, RoadRecordKind kind);
gboolean road_record_get_begin (GVariant *record, RoadJournalBegin *begin);
gboolean road_record_get_notes (GVariant *record, GHashTable *hosts);
GArray *road_record_get_ended (GVariant *record);
gboolean road_record_get_time (GVariant *record, double *elapsed);
gboolean road_record_get_end (GVariant *record, RoadReportStatus *status);
gboolean road_record_get_service_address (GVariant *record, RoadAddress *address);
gboolean road_record_get_service (GVariant *record, RoadHost *host);

/* For other files with records. */
GVariant *road_record_new (RoadRecordKind kind, GVariant *content);
GVariant *road_record_get_content (GVariant *record, RoadRecordKind kind, const char *type);
GVariant *road_record_pack_address (const RoadAddress *address);
gboolean road_record_unpack_address (GVariant *variant, RoadAddress *address);

G_END_DECLS
