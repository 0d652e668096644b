/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-journal-records.h"

#include <string.h>

#include "engine/report/road-host-notes.h"
#include "store/road-profile-file.h"

/* Names and numbers of the enumerations may change; their nicks do not. */

#define BEGIN_TYPE "(sssta(ss)us)"
#define ENDED_TYPE "aay"
#define NOTES_TYPE "(aya(ss))"

static void
output_free (gpointer data)
{
  RoadJournalOutput *output = data;

  g_free (output->uri);
  g_free (output->format);
  g_free (output);
}

void
road_journal_begin_clear (RoadJournalBegin *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->owner, g_free);
  g_clear_pointer (&self->targets, g_free);
  g_clear_pointer (&self->profile, road_profile_unref);
  g_clear_pointer (&self->started, g_date_time_unref);
  g_clear_pointer (&self->outputs, g_ptr_array_unref);
}

void
road_journal_begin_add_output (RoadJournalBegin *self, const char *uri, const char *format)
{
  RoadJournalOutput *output;

  g_return_if_fail (self != NULL && uri != NULL && format != NULL);

  if (self->outputs == NULL)
    self->outputs = g_ptr_array_new_with_free_func (output_free);
  output = g_new0 (RoadJournalOutput, 1);
  output->uri = g_strdup (uri);
  output->format = g_strdup (format);
  g_ptr_array_add (self->outputs, output);
}

/* Returns: (transfer floating): a record with @content, which may be floating */
GVariant *
road_record_new (RoadRecordKind kind, GVariant *content)
{
  return g_variant_new ("(yv)", (guchar) kind, content);
}

/* Returns: (transfer full) (nullable): what a record of that kind has, if it has that type */
GVariant *
road_record_get_content (GVariant *record, RoadRecordKind kind, const char *type)
{
  g_autoptr (GVariant) content = NULL;

  if (!road_record_is (record, kind))
    return NULL;
  g_variant_get_child (record, 1, "v", &content);

  return g_variant_is_of_type (content, G_VARIANT_TYPE (type)) ? g_steal_pointer (&content) : NULL;
}

gboolean
road_record_is (GVariant *record, RoadRecordKind kind)
{
  guchar own_kind;

  g_return_val_if_fail (record != NULL, FALSE);

  g_variant_get_child (record, 0, "y", &own_kind);

  return own_kind == kind;
}

/* An address is its bytes; a link-local one has its zone after them. */
GVariant *
road_record_pack_address (const RoadAddress *address)
{
  guint8 bytes[sizeof address->bytes + sizeof (guint32)];
  const guint32 scope_id = GUINT32_TO_BE (address->scope_id);
  gsize size = address->length;

  memcpy (bytes, address->bytes, size);
  if (scope_id != 0)
    {
      memcpy (bytes + size, &scope_id, sizeof scope_id);
      size += sizeof scope_id;
    }

  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, size, 1);
}

/* Returns FALSE if it is none; no bytes are %ROAD_ADDRESS_NONE. */
gboolean
road_record_unpack_address (GVariant *variant, RoadAddress *address)
{
  gsize size;
  const guint8 *bytes = g_variant_get_fixed_array (variant, &size, 1);

  *address = ROAD_ADDRESS_NONE;
  if (size != 0 && size != 4 && size != 16 && size != 20)
    return FALSE;

  address->length = (guint8) MIN (size, 16);
  if (size > 0)
    memcpy (address->bytes, bytes, address->length);
  if (size == 20)
    {
      memcpy (&address->scope_id, bytes + 16, sizeof address->scope_id);
      address->scope_id = GUINT32_FROM_BE (address->scope_id);
    }

  return TRUE;
}

/* Returns: (transfer floating): the record that a journal begins with */
GVariant *
road_record_new_begin (const RoadJournalBegin *begin)
{
  GVariantBuilder outputs;
  g_autofree char *profile = NULL;
  g_autofree char *started = NULL;

  g_return_val_if_fail (begin != NULL, NULL);

  profile = road_profile_file_print (begin->profile, NULL);
  started = g_date_time_format_iso8601 (begin->started);
  g_variant_builder_init (&outputs, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; begin->outputs != NULL && i < begin->outputs->len; i++)
    {
      const RoadJournalOutput *output = g_ptr_array_index (begin->outputs, i);

      g_variant_builder_add (&outputs, "(ss)", output->uri, output->format);
    }

  return road_record_new (ROAD_RECORD_BEGIN,
                          g_variant_new (BEGIN_TYPE, begin->owner, begin->targets, profile,
                                         begin->seed, &outputs, begin->flags, started));
}

/**
 * road_record_get_begin:
 * @begin: (out caller-allocates): to be cleared with road_journal_begin_clear(), also after %FALSE
 */
gboolean
road_record_get_begin (GVariant *record, RoadJournalBegin *begin)
{
  g_autoptr (GVariant) content = road_record_get_content (record, ROAD_RECORD_BEGIN, BEGIN_TYPE);
  g_autoptr (GVariantIter) outputs = NULL;
  const char *profile, *started, *uri, *format;

  *begin = (RoadJournalBegin){ NULL };
  if (content == NULL)
    return FALSE;

  g_variant_get (content, "(ss&sta(ss)u&s)", &begin->owner, &begin->targets, &profile, &begin->seed,
                 &outputs, &begin->flags, &started);
  while (g_variant_iter_next (outputs, "(&s&s)", &uri, &format))
    road_journal_begin_add_output (begin, uri, format);
  begin->profile = road_profile_file_parse (profile, strlen (profile), NULL, NULL);
  begin->started = g_date_time_new_from_iso8601 (started, NULL);

  return begin->profile != NULL && begin->started != NULL;
}

/**
 * road_record_new_ended:
 * @addresses: (element-type RoadAddress): addresses that ended
 *
 * Returns: (transfer floating): their record
 */
GVariant *
road_record_new_ended (GArray *addresses)
{
  GVariantBuilder builder;

  g_return_val_if_fail (addresses != NULL, NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE (ENDED_TYPE));
  for (guint i = 0; i < addresses->len; i++)
    g_variant_builder_add_value (&builder, road_record_pack_address (
                                               &g_array_index (addresses, RoadAddress, i)));

  return road_record_new (ROAD_RECORD_ENDED, g_variant_builder_end (&builder));
}

/* Returns: (transfer full) (nullable) (element-type RoadAddress): the addresses of a record */
GArray *
road_record_get_ended (GVariant *record)
{
  g_autoptr (GVariant) content = road_record_get_content (record, ROAD_RECORD_ENDED, ENDED_TYPE);
  g_autoptr (GArray) addresses = g_array_new (FALSE, FALSE, sizeof (RoadAddress));
  gsize n;

  if (content == NULL)
    return NULL;

  n = g_variant_n_children (content);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) bytes = g_variant_get_child_value (content, i);
      RoadAddress address;

      if (!road_record_unpack_address (bytes, &address) || address.length == 0)
        return NULL;
      g_array_append_val (addresses, address);
    }

  return g_steal_pointer (&addresses);
}

/* Returns: (transfer floating): the notes about the whole host, which may contain anything. Those about a port are with
 * its service. */
GVariant *
road_record_new_notes (RoadHost *host)
{
  GVariantBuilder notes;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);

  g_variant_builder_init (&notes, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < road_host_get_n_notes (host); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);
      g_autofree char *name = NULL;
      g_autofree char *text = NULL;

      if (note->port != ROAD_NOTE_HOST)
        break; /* they are sorted */
      name = g_utf8_make_valid (note->name, -1);
      text = g_utf8_make_valid (note->text, -1);
      g_variant_builder_add (&notes, "(ss)", name, text);
    }

  return road_record_new (ROAD_RECORD_NOTES,
                          g_variant_new ("(@aya(ss))",
                                         road_record_pack_address (road_host_get_address (host)),
                                         &notes));
}

/* Adds the notes of a record to the host that has its address. @hosts: of RoadHost, by their addresses. Returns
 * %FALSE if there is no such host. */
gboolean
road_record_get_notes (GVariant *record, GHashTable *hosts)
{
  g_autoptr (GVariant) content = road_record_get_content (record, ROAD_RECORD_NOTES, NOTES_TYPE);
  g_autoptr (GVariant) bytes = NULL;
  g_autoptr (GVariantIter) notes = NULL;
  const char *name, *text;
  RoadAddress address;
  RoadHost *host;

  if (content == NULL)
    return FALSE;

  g_variant_get (content, "(@aya(ss))", &bytes, &notes);
  host =
      road_record_unpack_address (bytes, &address) ? g_hash_table_lookup (hosts, &address) : NULL;
  while (host != NULL && g_variant_iter_next (notes, "(&s&s)", &name, &text))
    road_host_take_note (host, name, text);

  return host != NULL;
}

/* @elapsed: in seconds, without pauses */
GVariant *
road_record_new_time (double elapsed)
{
  return road_record_new (ROAD_RECORD_TIME, g_variant_new_double (elapsed));
}

gboolean
road_record_get_time (GVariant *record, double *elapsed)
{
  g_autoptr (GVariant) content = road_record_get_content (record, ROAD_RECORD_TIME, "d");

  if (content == NULL)
    return FALSE;
  *elapsed = g_variant_get_double (content);

  return *elapsed >= 0 && *elapsed <= G_MAXINT32;
}

GVariant *
road_record_new_end (RoadReportStatus status)
{
  return road_record_new (ROAD_RECORD_END,
                          g_variant_new_string (road_report_status_to_string (status)));
}

gboolean
road_record_get_end (GVariant *record, RoadReportStatus *status)
{
  g_autoptr (GVariant) content = road_record_get_content (record, ROAD_RECORD_END, "s");

  return content != NULL &&
         road_report_status_from_string (g_variant_get_string (content, NULL), status);
}
