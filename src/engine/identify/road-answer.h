/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* So much of what a service says is read, in bytes. */
#define ROAD_ANSWER_MAX_BYTES 4096

/* How far a parser got with what a service has said so far. */
typedef enum
{
  ROAD_ANSWER_FOREIGN, /* it speaks another protocol */
  ROAD_ANSWER_PARTIAL, /* it speaks this protocol; more bytes may tell more */
  ROAD_ANSWER_WHOLE,   /* more bytes would tell no more */
} RoadAnswerProgress;

/* What is known about a service from what it said. All texts are printable UTF-8 of at most a few hundred
 * characters. Initialise with zeros, and clear it with road_answer_clear(). */
typedef struct
{
  char *name;       /* (nullable): nmap's name of the service, such as “http” */
  guint confidence; /* from 1 to 10; 0 if nothing is known */
  char *product;    /* (nullable) */
  char *version;    /* (nullable) */
  char *extra_info; /* (nullable) */
  GPtrArray *notes; /* (nullable): of names and texts, in turns */
} RoadAnswer;

void road_answer_clear (RoadAnswer *self);
void road_answer_set_name (RoadAnswer *self, const char *name, guint confidence);
void road_answer_set_product (RoadAnswer *self, const char *product);
void road_answer_set_version (RoadAnswer *self, const char *text, gsize length);
void road_answer_set_extra_info (RoadAnswer *self, const char *text, gsize length);
void road_answer_add_note (RoadAnswer *self, const char *name, const char *text, gsize length);
void road_answer_apply (const RoadAnswer *self, RoadHost *host, guint16 port, gboolean uses_tls);

char *road_answer_make_text (const char *bytes, gsize length);
const char *road_answer_find (const char *bytes, gsize length, const char *word);
gsize road_answer_measure_line (const char *bytes, gsize length);
gsize road_answer_measure_version (const char *bytes, gsize length);
gboolean road_answer_starts_with (const char *bytes, gsize length, const char *prefix);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoadAnswer, road_answer_clear)

G_END_DECLS
