/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-json-splitter.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/base/road-error.h"
#include "formats/road-format.h"
#include "road-json-lexeme.h"

/* A JSON parser builds a tree that is many times the size of the file. But a report is one object with one
 * long list, so the file goes through this splitter first, in pieces of any size: it cuts out the elements of
 * the list, to be parsed and freed one by one, and keeps the rest with an empty list.
 *
 * It also checks the grammar of JSON (RFC 8259) strictly. json-glib accepts more (comments, several values in
 * a row), has no depth limit, and in some versions half of a surrogate pair crashes it. Nothing that passes
 * here can do that, and errors have a line. */

/* A report needs six levels. */
#define MAX_DEPTH 32

/* A host with all 65,536 ports listed takes 8 MB, and four times that when a tool indents it. In bytes. */
#define MAX_TEXT (64 * 1024 * 1024)

/* printf() never needs more for a double. In bytes. */
#define MAX_TOKEN 64

/* Only the key of the list matters. In bytes. */
#define MAX_KEY 32

/* A report has about a dozen members. */
#define MAX_LINES 64

/* json-glib takes 200 bytes for a value, however short it is. A host with all ports listed has half as many. */
#define MAX_VALUES 1000000

static const guchar byte_order_mark[] = { 0xef, 0xbb, 0xbf };

typedef enum
{
  LEX_BETWEEN,
  LEX_STRING,
  LEX_TOKEN,
} Lex;

typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END,
  EXPECT_KEY,
  EXPECT_KEY_OR_END,
  EXPECT_COLON,
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING,
} Expect;

struct _RoadJsonSplitter
{
  char *member;
  RoadJsonElementFunc func;
  gpointer user_data;
  RoadJsonKnownFunc is_known;

  guint64 offset;
  guint line;

  Lex lex;
  Expect expect;
  guint depth;
  gboolean is_object[MAX_DEPTH + 1]; /* by depth, from 1 */
  GString *token;

  gsize string_start; /* where the string begins in the output */
  gboolean in_key;
  GHashTable *lines; /* of the keys of the outermost object */
  GString *key;      /* the latest key */
  RoadJsonString string;

  gboolean in_list;
  gboolean list_seen;
  GString *element;
  guint element_line;
  GString *rest;
  guint n_values[2]; /* of the rest and of the element */

  guint skip_depth;                /* where the member is that is skipped, or 0 */
  gboolean skipped[MAX_DEPTH + 1]; /* by depth: whether the latest member was skipped */
  GString *scratch;                /* the latest string of what is skipped */
};

static gboolean
fail (RoadJsonSplitter *self, GError **error)
{
  g_propagate_error (error, road_error_new_at (ROAD_ERROR_FORMAT, self->line, 0,
                                               _ ("The file is damaged: this is not valid JSON")));
  return FALSE;
}

/* Whether the next value is an element of the list. */
static gboolean
at_element (RoadJsonSplitter *self)
{
  return self->in_list && self->depth == 2;
}

static GString *
get_out (RoadJsonSplitter *self)
{
  return self->skip_depth > 0 ? self->scratch : self->in_list ? self->element : self->rest;
}

static gboolean
fail_too_large (RoadJsonSplitter *self, GError **error)
{
  g_propagate_error (
      error, road_error_new_at (ROAD_ERROR_FORMAT, self->line, 0,
                                _ ("The file is not from Roadstead: part of it is too large")));
  return FALSE;
}

static gboolean
append (RoadJsonSplitter *self, char c, GError **error)
{
  GString *out = get_out (self);

  /* Strings are checked even there. */
  if (self->skip_depth > 0 && self->lex != LEX_STRING)
    return TRUE;

  if (out->len >= MAX_TEXT)
    return fail_too_large (self, error);
  g_string_append_c (out, c);

  return TRUE;
}

static gboolean
end_value (RoadJsonSplitter *self, GError **error)
{
  self->expect = self->depth == 0 ? EXPECT_NOTHING : EXPECT_COMMA_OR_END;
  if (self->depth == self->skip_depth)
    self->skip_depth = 0;

  if (!at_element (self))
    return TRUE;

  if (!self->func (self->element->str, self->element->len, self->element_line, self->user_data,
                   error))
    return FALSE;
  g_string_truncate (self->element, 0);
  self->n_values[TRUE] = 0;

  return TRUE;
}

/* A member that the reader does not know is cut out with its key, so that it never takes memory. */
static void
skip_member (RoadJsonSplitter *self)
{
  g_string_truncate (get_out (self), self->string_start);
  self->skip_depth = self->depth;
  self->skipped[self->depth] = TRUE;
}

/* What is left of a comma before a member that was skipped at the end of an object. */
static void
cut_comma (GString *out)
{
  gsize length = out->len;

  while (length > 0 && g_ascii_isspace (out->str[length - 1]))
    length--;
  if (length > 0 && out->str[length - 1] == ',')
    g_string_truncate (out, length - 1);
}

static gboolean
begin_value (RoadJsonSplitter *self, GError **error)
{
  if (self->expect != EXPECT_VALUE && self->expect != EXPECT_VALUE_OR_END)
    return fail (self, error);

  if (at_element (self))
    self->element_line = self->line;
  if (self->skip_depth == 0 && ++self->n_values[self->in_list] > MAX_VALUES)
    return fail_too_large (self, error);

  return TRUE;
}

static gboolean
open_container (RoadJsonSplitter *self, char c, GError **error)
{
  if (!begin_value (self, error) || !append (self, c, error))
    return FALSE;

  if (self->depth == MAX_DEPTH)
    {
      g_propagate_error (
          error, road_error_new_at (ROAD_ERROR_FORMAT, self->line, 0,
                                    _ ("The file is not from Roadstead: it is nested too deeply")));
      return FALSE;
    }
  self->depth++;
  self->is_object[self->depth] = c == '{';
  self->skipped[self->depth] = FALSE;
  self->expect = c == '{' ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;

  if (self->depth == 2 && self->is_object[1] && c == '[' &&
      g_strcmp0 (self->key->str, self->member) == 0)
    {
      if (self->list_seen)
        return fail (self, error);
      self->in_list = self->list_seen = TRUE;
    }

  return TRUE;
}

static gboolean
close_container (RoadJsonSplitter *self, char c, GError **error)
{
  const Expect empty = c == '}' ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;

  if (self->depth == 0 || self->is_object[self->depth] != (c == '}') ||
      (self->expect != EXPECT_COMMA_OR_END && self->expect != empty))
    return fail (self, error);

  if (at_element (self))
    self->in_list = FALSE;
  if (self->skipped[self->depth] && self->skip_depth == 0)
    cut_comma (get_out (self));
  self->depth--;

  return append (self, c, error) && end_value (self, error);
}

static gboolean
begin_string (RoadJsonSplitter *self, GError **error)
{
  self->in_key = self->expect == EXPECT_KEY || self->expect == EXPECT_KEY_OR_END;
  if (!self->in_key && !begin_value (self, error))
    return FALSE;

  if (self->in_key)
    g_string_truncate (self->key, 0);
  if (self->skip_depth > 0)
    g_string_truncate (self->scratch, 0);
  self->lex = LEX_STRING;
  self->string = (RoadJsonString){ ROAD_JSON_STRING_PLAIN };
  self->string_start = get_out (self)->len;

  return append (self, '"', error);
}

static gboolean
end_string (RoadJsonSplitter *self, GError **error)
{
  GString *out = get_out (self);

  self->lex = LEX_BETWEEN;
  if (!append (self, '"', error))
    return FALSE;

  if (!g_utf8_validate_len (out->str + self->string_start, out->len - self->string_start, NULL))
    {
      g_propagate_error (error, road_error_new_at (ROAD_ERROR_FORMAT, self->line, 0,
                                                   _ ("The file is damaged: its text is not valid "
                                                      "UTF-8")));
      return FALSE;
    }

  if (self->in_key)
    {
      if (self->depth == 1 && g_hash_table_size (self->lines) < MAX_LINES)
        g_hash_table_replace (self->lines, g_strdup (self->key->str),
                              GUINT_TO_POINTER (self->line));
      if (self->is_known != NULL && self->skip_depth == 0)
        {
          self->skipped[self->depth] = FALSE;
          if (!self->is_known (self->key->str))
            skip_member (self);
        }
      self->expect = EXPECT_COLON;
      return TRUE;
    }

  return end_value (self, error);
}

static gboolean
take_between (RoadJsonSplitter *self, char c, GError **error)
{
  switch (c)
    {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
      if (at_element (self))
        return TRUE;
      return append (self, c, error);
    case '{':
    case '[':
      return open_container (self, c, error);
    case '}':
    case ']':
      return close_container (self, c, error);
    case '"':
      return begin_string (self, error);
    case ':':
      if (self->expect != EXPECT_COLON)
        return fail (self, error);
      self->expect = EXPECT_VALUE;
      return append (self, c, error);
    case ',':
      if (self->expect != EXPECT_COMMA_OR_END)
        return fail (self, error);
      self->expect = self->is_object[self->depth] ? EXPECT_KEY : EXPECT_VALUE;
      /* The comma before a member that was skipped is still there, unless it was the first. */
      return at_element (self) || self->skipped[self->depth] || append (self, c, error);
    default:
      if (!g_ascii_isalnum (c) && c != '-')
        return fail (self, error);
      if (!begin_value (self, error))
        return FALSE;
      g_string_truncate (self->token, 0);
      g_string_append_c (self->token, c);
      self->lex = LEX_TOKEN;
      return append (self, c, error);
    }
}

static gboolean
take_string (RoadJsonSplitter *self, char c, GError **error)
{
  if (!road_json_string_take (&self->string, c))
    return fail (self, error);
  if (self->string.state == ROAD_JSON_STRING_END)
    return end_string (self, error);

  if (self->in_key && self->key->len < MAX_KEY)
    g_string_append_c (self->key, c);

  return append (self, c, error);
}

/* json-glib silently reads an integer that is too large as a wrong number; an exponent makes it a double. jq
 * writes 2^64 like this. */
static gboolean
end_token (RoadJsonSplitter *self, GError **error)
{
  gboolean is_too_large;

  if (!road_json_check_token (self->token->str, &is_too_large))
    return fail (self, error);
  if (is_too_large && (!append (self, 'e', error) || !append (self, '0', error)))
    return FALSE;

  self->lex = LEX_BETWEEN;
  return end_value (self, error);
}

static gboolean
take_token (RoadJsonSplitter *self, char c, GError **error)
{
  if (!g_ascii_isalnum (c) && c != '-' && c != '+' && c != '.')
    return end_token (self, error) && take_between (self, c, error);

  if (self->token->len == MAX_TOKEN)
    return fail (self, error);
  g_string_append_c (self->token, c);

  return append (self, c, error);
}

static gboolean
take (RoadJsonSplitter *self, char c, GError **error)
{
  switch (self->lex)
    {
    case LEX_STRING:
      return take_string (self, c, error);
    case LEX_TOKEN:
      return take_token (self, c, error);
    case LEX_BETWEEN:
    default:
      return take_between (self, c, error);
    }
}

/**
 * road_json_splitter_new:
 * @member: (nullable): the member of the outermost object that holds the list, or %NULL to check the file and
 *   keep it as a whole
 * @func: (nullable): called with each element of the list
 *
 * Returns: (transfer full): a splitter at the beginning of a file
 */
RoadJsonSplitter *
road_json_splitter_new (const char *member, RoadJsonElementFunc func, gpointer user_data)
{
  RoadJsonSplitter *self;

  g_return_val_if_fail (member == NULL || strlen (member) < MAX_KEY, NULL);
  g_return_val_if_fail ((member == NULL) == (func == NULL), NULL);

  self = g_new0 (RoadJsonSplitter, 1);
  self->member = g_strdup (member);
  self->func = func;
  self->user_data = user_data;
  self->line = 1;
  self->token = g_string_new (NULL);
  self->key = g_string_new (NULL);
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->element = g_string_new (NULL);
  self->rest = g_string_new (NULL);
  self->scratch = g_string_new (NULL);

  return self;
}

/* Skips the members of all objects whose names are not known. Without this nothing is skipped. */
void
road_json_splitter_skip_unknown (RoadJsonSplitter *self, RoadJsonKnownFunc is_known)
{
  g_return_if_fail (self != NULL);

  self->is_known = is_known;
}

void
road_json_splitter_free (RoadJsonSplitter *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->member);
  g_string_free (self->token, TRUE);
  g_string_free (self->key, TRUE);
  g_hash_table_unref (self->lines);
  g_string_free (self->element, TRUE);
  g_string_free (self->rest, TRUE);
  g_string_free (self->scratch, TRUE);
  g_free (self);
}

/**
 * road_json_splitter_feed:
 * @data: (array length=length): the next bytes of the file, cut anywhere
 * @error: (nullable): %ROAD_ERROR_FORMAT, with its line, or an error of the element function
 *
 * Reads on. After an error the splitter can only be freed.
 *
 * Returns: %FALSE on error
 */
gboolean
road_json_splitter_feed (RoadJsonSplitter *self, const char *data, gsize length, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  for (gsize i = 0; i < length; i++, self->offset++)
    {
      if (self->offset < sizeof byte_order_mark &&
          (guchar) data[i] == byte_order_mark[self->offset])
        continue;

      if (!take (self, data[i], error))
        return FALSE;
      if (data[i] == '\n')
        self->line++;
    }

  return TRUE;
}

/**
 * road_json_splitter_end:
 * @error: (nullable): %ROAD_ERROR_FORMAT, with its line
 *
 * Ends the file.
 *
 * Returns: %FALSE if it is incomplete
 */
gboolean
road_json_splitter_end (RoadJsonSplitter *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->lex == LEX_TOKEN && self->depth == 0 && !end_token (self, error))
    return FALSE;

  if (self->expect != EXPECT_NOTHING)
    {
      const gboolean is_empty =
          self->expect == EXPECT_VALUE && self->depth == 0 && self->lex == LEX_BETWEEN;

      g_propagate_error (error, road_error_new_at (ROAD_ERROR_FORMAT, self->line, 0, "%s",
                                                   is_empty ? _ ("The file is empty")
                                                            : _ (ROAD_FORMAT_INCOMPLETE)));
      return FALSE;
    }

  return TRUE;
}

/* Returns: the file without the elements of the list, after road_json_splitter_end(): valid JSON in UTF-8 */
const char *
road_json_splitter_get_rest (RoadJsonSplitter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rest->str;
}

/**
 * road_json_splitter_get_line:
 * @member: a member of the outermost object
 *
 * Returns: the line of its name, from 1; 0 if it is missing
 */
guint
road_json_splitter_get_line (RoadJsonSplitter *self, const char *member)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (member != NULL, 0);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, member));
}
