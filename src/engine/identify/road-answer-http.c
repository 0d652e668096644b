/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "road-answer-parsers.h"

/* Answers of HTTP and of those that look like it. */

/* Returns: (nullable): the value of the header @name, in the lines from @bytes on; @size is its length */
static const char *
find_header (const char *bytes, gsize length, const char *name, gsize *size)
{
  const gsize name_size = strlen (name);

  while (length > 0)
    {
      const gsize line = road_answer_measure_line (bytes, length);
      const char *end = memchr (bytes, '\n', length);

      if (line > name_size && bytes[name_size] == ':' &&
          g_ascii_strncasecmp (bytes, name, name_size) == 0)
        {
          const char *value = bytes + name_size + 1;

          *size = line - name_size - 1;
          return value;
        }
      if (end == NULL || line == 0)
        return NULL;
      length -= (gsize) (end + 1 - bytes);
      bytes = end + 1;
    }

  return NULL;
}

/* Returns: (nullable): what is after the empty line */
static const char *
find_body (const char *bytes, gsize length)
{
  const char *end = road_answer_find (bytes, length, "\r\n\r\n");

  if (end != NULL)
    return end + 4;
  end = road_answer_find (bytes, length, "\n\n");

  return end != NULL ? end + 2 : NULL;
}

/* RFC 9110, section 10.2.4: “Apache/2.4.57 (Debian) OpenSSL/3.0”: products with versions, and comments. The first
 * product is the server. */
static void
take_server (const char *text, gsize size, RoadAnswer *answer)
{
  g_autofree char *product = NULL;
  gsize end = 0, version;

  while (size > 0 && *text == ' ')
    {
      text++;
      size--;
    }

  while (end < size && text[end] != '/' && text[end] != '(')
    end++;
  product = road_answer_make_text (text, end);
  if (product == NULL)
    return;
  road_answer_set_product (answer, g_str_equal (product, "Apache") ? "Apache httpd" : product);
  if (end == size)
    return;

  if (text[end] == '/')
    {
      end++;
      version = road_answer_measure_version (text + end, size - end);
      road_answer_set_version (answer, text + end, version);
      end += version;
    }
  while (end < size && text[end] == ' ')
    end++;
  if (end < size && text[end] == '(')
    {
      const char *close = memchr (text + end, ')', size - end);

      if (close != NULL)
        road_answer_set_extra_info (answer, text + end + 1, (gsize) (close - text) - end - 1);
    }
}

/* Replaces the entities that are frequent in titles. */
static void
add_title (const char *text, gsize size, RoadAnswer *answer)
{
  static const char *const entities[][2] = {
    { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&#39;", "'" }, { "&amp;", "&" },
  };
  g_autoptr (GString) title = g_string_new_len (text, (gssize) size);

  for (guint i = 0; i < G_N_ELEMENTS (entities) && strlen (title->str) == title->len; i++)
    g_string_replace (title, entities[i][0], entities[i][1], 0);
  road_answer_add_note (answer, ROAD_NOTE_HTTP_TITLE, title->str, title->len);
}

/* Returns: whether all of the title was there */
static gboolean
take_title (const char *body, gsize length, RoadAnswer *answer)
{
  const char *begin = road_answer_find (body, length, "<title");
  const char *end;

  if (begin == NULL)
    return FALSE;
  begin = memchr (begin, '>', length - (gsize) (begin - body));
  if (begin == NULL)
    return FALSE;
  begin++;
  end = road_answer_find (begin, length - (gsize) (begin - body), "</title");
  if (end == NULL)
    return FALSE;

  add_title (begin, (gsize) (end - begin), answer);
  return TRUE;
}

/* Whether the body is as long as the header says. */
static gboolean
is_body_whole (const char *bytes, gsize length, const char *body)
{
  gsize size;
  const char *value = find_header (bytes, length, "Content-Length", &size);
  g_autofree char *text = value != NULL ? g_strndup (value, size) : NULL;

  return text != NULL && (guint64) (bytes + length - body) >= g_ascii_strtoull (text, NULL, 10);
}

/* RFC 9112, section 4: “HTTP/1.1 200 OK”. */
RoadAnswerProgress
road_answer_parse_http (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  const gsize line = road_answer_measure_line (bytes, length);
  const char *body, *value;
  gsize size, head;

  if (!road_answer_starts_with (bytes, length, "HTTP/") || line < 12 || bytes[8] != ' ')
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "http", ROAD_SERVICE_MAX_CONFIDENCE);
  if (memchr (bytes, '\n', length) == NULL)
    return ROAD_ANSWER_PARTIAL;
  road_answer_add_note (answer, ROAD_NOTE_HTTP_STATUS, bytes + 9, line - 9);

  body = find_body (bytes, length);
  head = body != NULL ? (gsize) (body - bytes) : length;
  value = find_header (bytes, head, "Server", &size);
  if (value != NULL)
    {
      road_answer_add_note (answer, ROAD_NOTE_HTTP_SERVER, value, size);
      take_server (value, size, answer);
    }
  value = find_header (bytes, head, "Location", &size);
  if (value != NULL)
    road_answer_add_note (answer, ROAD_NOTE_HTTP_REDIRECT, value, size);
  if (body == NULL)
    return ROAD_ANSWER_PARTIAL;

  return take_title (body, length - head, answer) || is_body_whole (bytes, length, body)
             ? ROAD_ANSWER_WHOLE
             : ROAD_ANSWER_PARTIAL;
}

/* RFC 7826, section 4.3: “RTSP/1.0 200 OK”. */
RoadAnswerProgress
road_answer_parse_rtsp (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  const char *body, *value;
  gsize size;

  if (!road_answer_starts_with (bytes, length, "RTSP/"))
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "rtsp", ROAD_SERVICE_MAX_CONFIDENCE);
  body = find_body (bytes, length);
  value = find_header (bytes, body != NULL ? (gsize) (body - bytes) : length, "Server", &size);
  if (value != NULL)
    take_server (value, size, answer);

  return body != NULL ? ROAD_ANSWER_WHOLE : ROAD_ANSWER_PARTIAL;
}

/* Redis serialization protocol: “+PONG”, then the answer to INFO, or an error that asks for a password. */
RoadAnswerProgress
road_answer_parse_redis (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  static const char key[] = "redis_version:";
  const char *found;

  if (road_answer_starts_with (bytes, length, "-NOAUTH") ||
      road_answer_starts_with (bytes, length, "-DENIED"))
    {
      road_answer_set_name (answer, "redis", ROAD_SERVICE_MAX_CONFIDENCE);
      road_answer_set_product (answer, "Redis key-value store");
      road_answer_set_extra_info (answer, "unauthorized", strlen ("unauthorized"));
      return ROAD_ANSWER_WHOLE;
    }
  if (!road_answer_starts_with (bytes, length, "+PONG\r\n"))
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "redis", ROAD_SERVICE_MAX_CONFIDENCE);
  road_answer_set_product (answer, "Redis key-value store");
  found = road_answer_find (bytes, length, key);
  if (found == NULL || memchr (found, '\n', length - (gsize) (found - bytes)) == NULL)
    return road_answer_find (bytes, length, "\r\n-") != NULL ? ROAD_ANSWER_WHOLE
                                                             : ROAD_ANSWER_PARTIAL;
  found += strlen (key);
  road_answer_set_version (answer, found,
                           road_answer_measure_version (found, length - (gsize) (found - bytes)));

  return ROAD_ANSWER_WHOLE;
}

/* memcached's protocol.txt: “VERSION 1.6.18”. */
RoadAnswerProgress
road_answer_parse_memcached (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  static const char prefix[] = "VERSION ";

  if (!road_answer_starts_with (bytes, length, prefix))
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "memcached", ROAD_SERVICE_MAX_CONFIDENCE);
  road_answer_set_product (answer, "Memcached");
  road_answer_set_version (answer, bytes + strlen (prefix),
                           road_answer_measure_version (bytes + strlen (prefix),
                                                        length - strlen (prefix)));

  return memchr (bytes, '\n', length) != NULL ? ROAD_ANSWER_WHOLE : ROAD_ANSWER_PARTIAL;
}
