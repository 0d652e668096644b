/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-dns-message.h"

#include <string.h>

#include "engine/base/road-text-escape.h"

/* Messages as in RFC 1035, 4.1. What arrives is from strangers: nothing is read beyond its end, and each step
 * goes on in the message or stops. */

#define HEADER_SIZE 12
#define TYPE_PTR 12
#define CLASS_IN 1
#define CACHE_FLUSH 0x8000u /* mDNS's bit in the class of a record (RFC 6762, 10.2) */

/* Flags of the header: an answer, to a standard query, without an error. */
#define FLAGS_MASK 0xf80fu
#define FLAGS_ANSWER 0x8000u

/* The longest label and name, in bytes on the wire (RFC 1035, 2.3.4). */
#define MAX_LABEL 63
#define MAX_NAME 255

/* The two highest bits of a length say that the rest of the name is elsewhere. */
#define POINTER_BITS 0xc0u

/* The domain of all names that mDNS tells (RFC 6762, 3). */
#define LOCAL_DOMAIN ".local"

/* A message that is being read. */
typedef struct
{
  const guint8 *bytes;
  gsize size;
  gsize position;
} Reader;

static gboolean
has (const Reader *reader, gsize n)
{
  return reader->size - reader->position >= n;
}

static gboolean
read_number (Reader *reader, guint *number)
{
  if (!has (reader, 2))
    return FALSE;

  *number = (guint) reader->bytes[reader->position] << 8 | reader->bytes[reader->position + 1];
  reader->position += 2;

  return TRUE;
}

static gboolean
skip (Reader *reader, gsize n)
{
  if (!has (reader, n))
    return FALSE;
  reader->position += n;

  return TRUE;
}

/* Whether a label is text that can be shown, without what separates labels. */
static gboolean
is_text (const char *label, gsize length)
{
  if (!g_utf8_validate_len (label, length, NULL))
    return FALSE;

  for (const char *p = label; p < label + length; p = g_utf8_next_char (p))
    {
      if (*p == '.' || !road_text_is_printable (g_utf8_get_char (p)))
        return FALSE;
    }

  return TRUE;
}

/* Reads a name, whose labels can be at an earlier place of the message: each jump goes further back than the one
 * before, so that they come to an end. Names that cannot be shown are read, but @name is %NULL then. */
static gboolean
read_name (Reader *reader, char **name)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Reader at = *reader;
  gsize jump_limit = reader->position;
  gsize wire_size = 1;
  gboolean jumped = FALSE;
  gboolean is_shown = TRUE;

  for (;;)
    {
      guint length;

      if (!has (&at, 1))
        return FALSE;

      length = at.bytes[at.position];
      if ((length & POINTER_BITS) == POINTER_BITS)
        {
          guint target;

          if (!read_number (&at, &target))
            return FALSE;
          if (!jumped)
            reader->position = at.position;
          jumped = TRUE;
          at.position = target & ~(POINTER_BITS << 8);
          if (at.position >= jump_limit)
            return FALSE;
          jump_limit = at.position;
          continue;
        }

      at.position++;
      if (length == 0)
        break;
      wire_size += 1 + length;
      if (length > MAX_LABEL || wire_size > MAX_NAME || !has (&at, length))
        return FALSE;

      is_shown = is_shown && is_text ((const char *) at.bytes + at.position, length);
      if (text->len > 0)
        g_string_append_c (text, '.');
      g_string_append_len (text, (const char *) at.bytes + at.position, length);
      at.position += length;
    }

  if (!jumped)
    reader->position = at.position;
  *name = is_shown && text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;

  return TRUE;
}

/**
 * read_record:
 * @question: the name that was asked for
 * @name: (out) (nullable): what the record says that it is called; %NULL if it says something else
 *
 * Returns: %FALSE if the message is broken
 */
static gboolean
read_record (Reader *reader, const char *question, char **name)
{
  g_autofree char *owner = NULL;
  guint type, class, length;
  Reader data;

  if (!read_name (reader, &owner) || !read_number (reader, &type) ||
      !read_number (reader, &class) || !skip (reader, 4) || !read_number (reader, &length))
    return FALSE;

  data = *reader;
  if (!skip (reader, length))
    return FALSE;
  if (type != TYPE_PTR || (class & ~CACHE_FLUSH) != CLASS_IN || owner == NULL ||
      g_ascii_strcasecmp (owner, question) != 0)
    return TRUE;

  data.size = reader->position;

  return read_name (&data, name) && data.position == reader->position;
}

/* Returns: (transfer full): the name by which DNS asks for the name of an address: “1.2.0.192.in-addr.arpa”
 * (RFC 1035, 3.5; RFC 3596, 2.5) */
char *
road_dns_reverse_name (const RoadAddress *address)
{
  GString *name;

  g_return_val_if_fail (address != NULL && address->length != 0, NULL);

  name = g_string_new (NULL);
  for (guint i = address->length; i > 0; i--)
    {
      const guint byte = address->bytes[i - 1];

      if (address->length == 4)
        g_string_append_printf (name, "%u.", byte);
      else
        g_string_append_printf (name, "%x.%x.", byte & 0xf, byte >> 4);
    }
  g_string_append (name, address->length == 4 ? "in-addr.arpa" : "ip6.arpa");

  return g_string_free (name, FALSE);
}

/* @name: of labels of at most 63 bytes. Returns: (transfer full): a query with one question, for the PTR records of
 * a name */
GByteArray *
road_dns_new_question (guint16 id, const char *name)
{
  const guint8 header[HEADER_SIZE] = { (guint8) (id >> 8), (guint8) id, 0, 0, 0, 1 };
  const guint8 kind[] = { 0, TYPE_PTR, 0, CLASS_IN };
  g_auto (GStrv) labels = NULL;
  GByteArray *message;

  g_return_val_if_fail (name != NULL, NULL);

  message = g_byte_array_new ();
  g_byte_array_append (message, header, sizeof header);
  labels = g_strsplit (name, ".", -1);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      const guint8 length = (guint8) MIN (strlen (labels[i]), MAX_LABEL);

      g_byte_array_append (message, &length, 1);
      g_byte_array_append (message, (const guint8 *) labels[i], length);
    }
  g_byte_array_append (message, (const guint8 *) "", 1);
  g_byte_array_append (message, kind, sizeof kind);

  return message;
}

/**
 * road_dns_read_answer:
 * @message: (array length=size): what somebody has sent
 * @id: that of the question
 * @question: the name that was asked for
 *
 * Reads an answer of mDNS to a question for PTR records.
 *
 * Returns: (transfer full) (nullable): the first name that it tells, printable and in “.local”; %NULL if it is not
 *   an answer to the question, or a broken one
 */
char *
road_dns_read_answer (const guint8 *message, gsize size, guint16 id, const char *question)
{
  Reader reader = { message, size, 0 };
  guint own_id, flags, n_questions, n_answers;

  g_return_val_if_fail (message != NULL || size == 0, NULL);
  g_return_val_if_fail (question != NULL, NULL);

  if (size > ROAD_DNS_MAX_SIZE || !read_number (&reader, &own_id) ||
      !read_number (&reader, &flags) || !read_number (&reader, &n_questions) ||
      !read_number (&reader, &n_answers) || !skip (&reader, 4) || own_id != id ||
      (flags & FLAGS_MASK) != FLAGS_ANSWER)
    return NULL;

  for (guint i = 0; i < n_questions; i++)
    {
      g_autofree char *name = NULL;

      if (!read_name (&reader, &name) || !skip (&reader, 4))
        return NULL;
    }

  for (guint i = 0; i < n_answers; i++)
    {
      g_autofree char *name = NULL;

      if (!read_record (&reader, question, &name))
        return NULL;
      if (name != NULL && g_str_has_suffix (name, LOCAL_DOMAIN) &&
          strlen (name) > strlen (LOCAL_DOMAIN))
        return g_steal_pointer (&name);
    }

  return NULL;
}
