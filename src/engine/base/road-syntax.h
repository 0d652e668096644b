/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For parsers of what users type: errors with their position. */

typedef struct
{
  const char *start; /* where the line begins */
  guint number;      /* its number from 1, or 0 if the text has only one line */
} RoadSyntaxLine;

/* A part of a line, such as a target or an octet. */
typedef struct
{
  const RoadSyntaxLine *line; /* the line that it is in */
  const char *start;          /* where it begins */
  const char *end;            /* after its end */
} RoadSyntaxPart;

/**
 * road_syntax_part_fail:
 * @part: a part
 * @where: the fault in it
 * @error: return location for a %ROAD_ERROR_SYNTAX
 * @format: the message, with one “%s” for the text of @part
 *
 * Like road_syntax_fail(), with a message that quotes a part. A macro, so that the compiler checks the
 * format.
 */
#define road_syntax_part_fail(part, where, error, format)                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *excerpt_ = road_syntax_excerpt ((part)->start, (part)->end);                  \
                                                                                                   \
    road_syntax_fail ((error), (part)->line, (where), (format), excerpt_);                         \
  }                                                                                                \
  G_STMT_END

gboolean road_syntax_check_utf8 (const char *text, gboolean many_lines, GError **error);
void road_syntax_fail (GError **error,
                       const RoadSyntaxLine *line,
                       const char *where,
                       const char *format,
                       ...) G_GNUC_PRINTF (4, 5);
char *road_syntax_excerpt (const char *start, const char *end);
gboolean road_syntax_parse_number (const char *start, const char *end, guint max, guint *number);

RoadSyntaxPart
road_syntax_part_new (const RoadSyntaxPart *whole, const char *start, const char *end);
const char *road_syntax_part_find (const RoadSyntaxPart *part, char c);
guint road_syntax_part_count (const RoadSyntaxPart *part, char c);
gboolean road_syntax_part_has_only (const RoadSyntaxPart *part, const char *chars);

G_END_DECLS
