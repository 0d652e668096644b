/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The state of reading a string. All zero after the opening quotation mark. */
typedef struct
{
  enum
  {
    ROAD_JSON_STRING_PLAIN,
    ROAD_JSON_STRING_ESCAPE,
    ROAD_JSON_STRING_HEX,
    ROAD_JSON_STRING_END,
  } state;            /* what the next byte belongs to */
  guint n_hex;        /* the number of digits of a \u that have been read */
  guint unit;         /* their value */
  gboolean half_pair; /* whether the first half of a surrogate pair waits for the second */
} RoadJsonString;

gboolean road_json_string_take (RoadJsonString *self, char c);
gboolean road_json_check_token (const char *token, gboolean *is_too_large);

G_END_DECLS
