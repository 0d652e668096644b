/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-address.h"
#include "road-answer.h"

G_BEGIN_DECLS

/* What is sent to find out what a service is. data/doc/identify.md lists it for users, byte by byte. */
typedef struct
{
  const char *name;
  /* (array zero-terminated=1): ports on which it is asked at once: others wait for a greeting first */
  guint16 ports[8];
  const char *bytes; /* “%s” stands for the host's name or address */
  gsize length;      /* 0 if @bytes is a text with “%s” */
} RoadQuestion;

const RoadQuestion *road_question_get_usual (void);
const RoadQuestion *road_question_find (guint16 port);
gboolean road_question_uses_tls (guint16 port);
GBytes *road_question_make (const RoadQuestion *self, const char *host);
guint road_question_get_n (void);
const RoadQuestion *road_question_get_nth (guint n);

RoadAnswerProgress
road_question_parse_answer (const char *bytes, gsize length, guint16 port, RoadAnswer *answer);

G_END_DECLS
