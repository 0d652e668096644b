/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-service-remarks.h"

#include <glib/gi18n.h>
#include <string.h>

#include "road-tls.h"

/* Services without encryption, by nmap's names. Those in which a client usually asks for TLS are not among them: they
 * are only if they were asked, and have none. */
static const char *const cleartext[] = { "exec", "ftp", "login", "shell", "telnet", NULL };

static gboolean
is_cleartext (const RoadService *service, const char *name)
{
  if (g_strcmp0 (service->extra_info, ROAD_SERVICE_TLS) == 0)
    return FALSE;

  return g_strcmp0 (service->extra_info, ROAD_SERVICE_NO_TLS) == 0 ||
         g_strv_contains (cleartext, name);
}

/* RFC 8996 deprecates these, and RFC 7568 the older SSL. */
static const char *const outdated[] = { "SSL 3.0", "TLS 1.0", "TLS 1.1", NULL };

/* Keys of these types are weak if they are shorter; NIST SP 800-131A. */
#define MIN_RSA_BITS 2048

static void
add (GStrvBuilder *remarks, char *remark)
{
  g_strv_builder_add (remarks, remark);
  g_free (remark);
}

static void
add_validity (GStrvBuilder *remarks, const RoadTls *tls, gint64 now)
{
  int days;

  if (tls->not_before > now)
    g_strv_builder_add (remarks, _ ("The certificate is not valid yet"));

  if (!road_tls_get_days_left (tls, now, &days) || days >= ROAD_CERTIFICATE_DAYS)
    return;

  if (days < 0)
    g_strv_builder_add (remarks, _ ("The certificate has expired"));
  else if (days == 0)
    g_strv_builder_add (remarks, _ ("The certificate expires within a day"));
  else
    add (remarks, g_strdup_printf (ngettext ("The certificate expires in %d day",
                                             "The certificate expires in %d days", (gulong) days),
                                   days));
}

static void
add_tls (GStrvBuilder *remarks, const RoadTls *tls, gint64 now)
{
  add_validity (remarks, tls, now);

  if (tls->protocol != NULL && g_strv_contains (outdated, tls->protocol))
    /* Translators: a version of an encryption protocol, as “TLS 1.0” */
    add (remarks, g_strdup_printf (_ ("%s is outdated"), tls->protocol));

  if (g_strcmp0 (tls->key_type, "rsa") == 0 && tls->key_bits != 0 && tls->key_bits < MIN_RSA_BITS)
    add (remarks, g_strdup_printf (
                      /* Translators: of the key of a certificate; the number is not 1 */
                      ngettext ("The key of %u bit is too short", "The key of %u bits is too short",
                                tls->key_bits),
                      tls->key_bits));
}

/**
 * road_service_remarks_list:
 * @now: the time for which certificates are judged, in seconds since 1970: for a report, when its scan ended
 *
 * Says in words what is remarkable about the service on @port. Nothing is said of services that are only known by
 * their number.
 *
 * Returns: (transfer full): remarks for the user, without a full stop; often none
 */
GStrv
road_service_remarks_list (RoadHost *host, guint16 port, gint64 now)
{
  g_autoptr (GStrvBuilder) remarks = g_strv_builder_new ();
  g_autoptr (RoadTls) tls = NULL;
  const RoadService *service;
  const char *name;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);

  tls = road_tls_new_from_notes (host, port);
  if (tls != NULL)
    add_tls (remarks, tls, now);

  service = road_host_get_service (host, port);
  name = road_host_get_service_name (host, port);
  if (service != NULL && service->confidence > 0 && name != NULL && tls == NULL &&
      is_cleartext (service, name))
    /* Translators: the name of a service, as “telnet” */
    add (remarks, g_strdup_printf (_ ("%s is not encrypted"), name));

  return g_strv_builder_end (remarks);
}
