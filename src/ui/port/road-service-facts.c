/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-service-facts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/base/road-locale.h"
#include "engine/base/road-text-escape.h"
#include "engine/report/road-tls.h"
#include "ui/results/road-result-text.h"

/* Another scanner's scripts can have said a lot about a port, and certificates can have many names. */
#define MAX_FACTS 100
#define MAX_NAMES 20

static void
fact_free (gpointer data)
{
  RoadServiceFact *fact = data;

  g_free (fact->title);
  g_free (fact->text);
  g_free (fact);
}

/* @text: (transfer full): escaped */
static void
take (GPtrArray *facts, const char *title, char *text)
{
  RoadServiceFact *fact;

  if (text == NULL || *text == '\0' || facts->len >= MAX_FACTS)
    {
      g_free (text);
      return;
    }

  fact = g_new0 (RoadServiceFact, 1);
  fact->title = g_strdup (title);
  fact->text = text;
  g_ptr_array_add (facts, fact);
}

static void
add (GPtrArray *facts, const char *title, const char *untrusted)
{
  take (facts, title, untrusted != NULL ? road_result_text_lines (untrusted) : NULL);
}

/* Notes that have a title in plain words; those about TLS come with the certificate. */
static const struct
{
  const char *name;
  const char *title;
} known[] = {
  /* Translators: of a web server: the title of its page */
  { ROAD_NOTE_HTTP_TITLE, NC_ ("service", "Page") },
  /* Translators: of a web server: such as “200 OK” */
  { ROAD_NOTE_HTTP_STATUS, NC_ ("service", "Status") },
  /* Translators: of a web server: the address of another page that it sends browsers to */
  { ROAD_NOTE_HTTP_REDIRECT, NC_ ("service", "Redirects to") },
  /* Translators: of a web server: what it calls itself */
  { ROAD_NOTE_HTTP_SERVER, NC_ ("service", "Server") },
  /* Translators: the beginning of what a service said, if nobody understands it */
  { ROAD_NOTE_BANNER, NC_ ("service", "It said") },
};

static gboolean
is_about_tls (const RoadNote *note)
{
  return g_str_equal (note->name, ROAD_NOTE_CERTIFICATE) ||
         g_str_equal (note->name, ROAD_NOTE_TLS_PROTOCOL) ||
         g_str_equal (note->name, ROAD_NOTE_TLS_ALPN);
}

/* Whether a web server calls itself what is already shown as its program and version. */
static gboolean
is_known_server (const RoadNote *note, const RoadService *service)
{
  g_autofree char *server = service != NULL && service->product != NULL && service->version != NULL
                                ? g_strdup_printf ("%s/%s", service->product, service->version)
                                : NULL;

  return g_str_equal (note->name, ROAD_NOTE_HTTP_SERVER) && g_strcmp0 (note->text, server) == 0;
}

static void
add_note (GPtrArray *facts, const RoadNote *note, const RoadService *service)
{
  g_autofree char *name = NULL;

  if (is_about_tls (note) || is_known_server (note, service))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (g_str_equal (note->name, known[i].name))
        {
          add (facts, g_dpgettext2 (NULL, "service", known[i].title), note->text);
          return;
        }
    }

  name = road_text_label (note->name);
  add (facts, name, note->text);
}

/* @name: such as “commonName=nas/organizationName=Home”. Returns: (transfer full): “nas, Home” */
static char *
describe_name (const char *name)
{
  g_auto (GStrv) parts = name != NULL ? g_strsplit (name, "/", -1) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    {
      const char *sign = strchr (parts[i], '=');

      /* A part of a value that has a slash in it. */
      if (sign == NULL)
        g_string_append_printf (text, "%s%s", i > 0 ? "/" : "", parts[i]);
      else
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", sign + 1);
    }

  return road_result_text_lines (text->str);
}

static char *
describe_issuer (const RoadTls *tls)
{
  g_autofree char *issuer = describe_name (tls->issuer);

  if (*issuer != '\0' && g_strcmp0 (tls->issuer, tls->subject) == 0)
    /* Translators: the issuer of a certificate who is also its owner */
    return g_strdup_printf (_ ("%s (self-signed)"), issuer);

  return g_steal_pointer (&issuer);
}

static char *
describe_names (const RoadTls *tls)
{
  const guint n = g_strv_length (tls->names);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (n, MAX_NAMES); i++)
    {
      g_string_append (text, i > 0 ? "\n" : "");
      road_text_append_label (text, tls->names[i]);
    }
  if (n > MAX_NAMES)
    {
      g_string_append_c (text, '\n');
      /* Translators: how many names of a certificate are not shown */
      g_string_append_printf (text, ngettext ("and %'u more", "and %'u more", n - MAX_NAMES),
                              n - MAX_NAMES);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_time (gint64 time)
{
  g_autoptr (GDateTime) date = time != 0 ? g_date_time_new_from_unix_local (time) : NULL;

  return date != NULL ? road_locale_format_time (date) : NULL;
}

static char *
describe_end (const RoadTls *tls, gint64 now)
{
  g_autofree char *time = describe_time (tls->not_after);
  int days;

  if (time == NULL || !road_tls_get_days_left (tls, now, &days))
    return NULL;

  if (days < 0)
    /* Translators: a date and time until which a certificate was valid */
    return g_strdup_printf (_ ("%s (expired)"), time);

  /* Translators: a date and time until which a certificate is valid, and the number of days until then */
  return g_strdup_printf (ngettext ("%s (%'d day left)", "%s (%'d days left)", (gulong) days), time,
                          days);
}

static char *
describe_key (const RoadTls *tls)
{
  g_autofree char *type = tls->key_type != NULL ? road_text_label (tls->key_type) : NULL;
  g_autofree char *upper = type != NULL ? g_ascii_strup (type, -1) : NULL;

  if (upper == NULL || tls->key_bits == 0)
    return g_steal_pointer (&upper);

  /* Translators: the kind of a key, such as RSA, and its length */
  return g_strdup_printf (ngettext ("%s, %u bit", "%s, %u bits", tls->key_bits), upper,
                          tls->key_bits);
}

static char *
describe_protocol (const RoadTls *tls)
{
  g_autofree char *protocol = tls->protocol != NULL ? road_text_label (tls->protocol) : NULL;
  g_autofree char *alpn = tls->alpn != NULL ? road_text_label (tls->alpn) : NULL;

  if (protocol != NULL && alpn != NULL)
    /* Translators: a version of TLS, and the protocol inside, such as “h2” */
    return g_strdup_printf (_ ("%s, for %s"), protocol, alpn);

  return protocol != NULL ? g_steal_pointer (&protocol) : g_steal_pointer (&alpn);
}

static void
add_certificate (GPtrArray *facts, const RoadTls *tls, gint64 now)
{
  /* Translators: what a connection is encrypted with */
  take (facts, C_ ("certificate", "Encryption"), describe_protocol (tls));
  /* Translators: whose certificate it is */
  take (facts, C_ ("certificate", "Certificate of"), describe_name (tls->subject));
  /* Translators: the host names in a certificate */
  take (facts, C_ ("certificate", "Names"), describe_names (tls));
  /* Translators: who issued a certificate */
  take (facts, C_ ("certificate", "Issued by"), describe_issuer (tls));
  /* Translators: the time from which a certificate is valid */
  take (facts, C_ ("certificate", "Valid from"), describe_time (tls->not_before));
  /* Translators: the time until which a certificate is valid */
  take (facts, C_ ("certificate", "Valid until"), describe_end (tls, now));
  /* Translators: the key of a certificate */
  take (facts, C_ ("certificate", "Key"), describe_key (tls));
  add (facts, "SHA-256", tls->fingerprint);
}

/**
 * road_service_facts_list:
 * @now: the time for which certificates are judged, in seconds since 1970
 *
 * Returns: (transfer container) (element-type RoadServiceFact): what was found out about the service on @port, for
 *   the user; empty if that is nothing
 */
GPtrArray *
road_service_facts_list (RoadHost *host, guint16 port, gint64 now)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func (fact_free);
  const RoadService *service;
  g_autoptr (RoadTls) tls = NULL;

  g_return_val_if_fail (ROAD_IS_HOST (host), facts);

  service = road_host_get_service (host, port);
  if (service != NULL)
    {
      /* Translators: the program that answers on a port */
      add (facts, C_ ("service", "Program"), service->product);
      /* Translators: the version of a program */
      add (facts, C_ ("service", "Version"), service->version);
      /* Translators: further information about a program */
      add (facts, C_ ("service", "Details"), service->extra_info);
    }

  for (guint i = road_host_find_note (host, port); i < road_host_get_n_notes (host); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port != port)
        break;
      add_note (facts, note, service);
    }

  tls = road_tls_new_from_notes (host, port);
  if (tls != NULL)
    add_certificate (facts, tls, now);

  return facts;
}
