# Varnish in front of Dateline. Tested as it stands with Varnish 7.1 (Debian 12).
#
# Two sockets: one for readers, one for purges. What arrives at the first can never
# purge, whoever's address it comes from.
#
#   varnishd -f /etc/varnish/dateline.vcl \
#     -a readers=:6081 -a purges=127.0.0.1:6083 -s malloc,1G
#
# and in Dateline's settings: purge_caches = ["varnish+http://127.0.0.1:6083"]

vcl 4.1;

import purge;
import std;

# Where `dateline serve` listens.
backend dateline {
    .host = "127.0.0.1";
    .port = "8000";
    .first_byte_timeout = 60s;
}

# Who may purge: Dateline's own machine.
acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "BAN" || req.method == "PURGE") {
        if (local.socket != "purges" || client.ip !~ purgers) {
            return (synth(405, "Purges are not taken here"));
        }
        if (req.method == "PURGE") {
            # Not to wait for a page that is just being fetched.
            set req.hash_ignore_busy = true;
            return (hash);
        }
        call ban_by_tag;
    }

    # The stream of news of a page is neither kept nor held back.
    if (req.url ~ "^/events/") {
        return (pipe);
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    if (req.url ~ "^/(desk|files)/" || req.url ~ "^/(healthz|metrics)$") {
        return (pass);
    }
    if (req.http.X-Forwarded-Proto == "http") {
        # Answered with the way to https, if that is where the paper is.
        return (pass);
    }
    # A page is the same for everybody: no cookie and no query makes another one.
    unset req.http.Cookie;
    unset req.http.Authorization;
    set req.url = regsub(req.url, "\?.*$", "");
    # Only the front page asks for it, and says so in Vary.
    if (req.url != "/") {
        unset req.http.Accept-Language;
    }
    return (hash);
}

# One house, one page at each path, under whatever name it was reached.
sub vcl_hash {
    hash_data(req.url);
    return (lookup);
}

# Surrogate-Key: the tags, as answers carry them, with spaces between.
# Purge-Mode: hard drops every copy; soft leaves those that are stale already.
sub ban_by_tag {
    if (req.http.Surrogate-Key !~ "^[A-Za-z0-9_.~:/%-]+( [A-Za-z0-9_.~:/%-]+)*$") {
        return (synth(400, "Surrogate-Key names no tags"));
    }
    # Of what a tag may hold, only the full stop means something in a pattern.
    set req.http.Pattern = "(^|\s)("
        + regsuball(regsuball(req.http.Surrogate-Key, "\.", "[.]"), " ", "|")
        + ")(\s|$)";
    if (req.http.Purge-Mode == "soft") {
        set req.http.Ban = "obj.http.Surrogate-Key ~ " + req.http.Pattern
            + " && obj.ttl > 0s";
    } else {
        set req.http.Ban = "obj.http.Surrogate-Key ~ " + req.http.Pattern;
    }
    if (!std.ban(req.http.Ban)) {
        return (synth(500, std.ban_error()));
    }
    return (synth(200, "Banned"));
}

# PURGE: the copies at one address become stale, and may be shown while a new one is
# fetched.
sub vcl_hit {
    if (req.method == "PURGE") {
        purge.soft(0s);
        return (synth(200, "Purged"));
    }
}

sub vcl_miss {
    if (req.method == "PURGE") {
        purge.soft(0s);
        return (synth(200, "Nothing to purge"));
    }
}

sub vcl_backend_response {
    if (bereq.uncacheable) {
        return (deliver);
    }
    if (beresp.http.Surrogate-Control ~ "(^|[ ,])max-age=[0-9]+") {
        set beresp.ttl = std.duration(
            regsub(beresp.http.Surrogate-Control, "^(?:.*[ ,])?max-age=([0-9]+).*$", "\1s"),
            0s);
        set beresp.grace = std.duration(
            regsub(beresp.http.Surrogate-Control,
                "^.*stale-while-revalidate=([0-9]+).*$", "\1s"),
            0s);
        set beresp.keep = 1h;
        return (deliver);
    }
    if (bereq.is_bgfetch && beresp.http.Surrogate-Control == "no-store") {
        # Overtaken by a purge: the copy that is there is as good.
        return (abandon);
    }
    if (bereq.url ~ "^/(static|pictures)/" && beresp.ttl > 0s) {
        # Their addresses change with their content.
        set beresp.grace = 1h;
        return (deliver);
    }
    # Whatever cannot be purged is asked for each time.
    set beresp.ttl = 0s;
    set beresp.grace = 0s;
    set beresp.uncacheable = true;
    return (deliver);
}

sub vcl_deliver {
    if (obj.ttl <= 0s) {
        # Shown once more while a new one is fetched: no cache further out keeps it.
        unset resp.http.Cache-Tag;
        unset resp.http.Cloudflare-CDN-Cache-Control;
        unset resp.http.X-Accel-Expires;
    }
    # Between Dateline and its caches alone.
    unset resp.http.Surrogate-Key;
    unset resp.http.Surrogate-Control;
    # How old a copy is here says nothing to readers, who ask each time.
    unset resp.http.Age;
    unset resp.http.Via;
    unset resp.http.X-Varnish;
    if (obj.hits > 0) {
        set resp.http.X-Cache = "hit";
    } else {
        set resp.http.X-Cache = "miss";
    }
}
