import { chromium } from 'playwright-core';
const A='http://localhost:9310';
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking']});
const list=await (await fetch(A+'/api/queries/people.demo_sign_ins')).json();
const [,, role, lang, w, h, ...paths]=process.argv;
const c=await b.newContext({viewport:{width:+w,height:+h},isMobile:+w<500,hasTouch:+w<500});
await c.addCookies([{name:'yugong_lang',value:lang,url:A}]);
const p=await c.newPage(); p.on('pageerror',e=>console.log('ERR',String(e)));
await c.request.post(A+'/api/commands/people.demo_sign_in',{headers:{origin:A,'idempotency-key':crypto.randomUUID()},data:{userId:list.items.find(x=>x.role===role).userId}});
let n=0;
for(const u of paths){ await p.goto(A+u,{waitUntil:'networkidle'});await p.waitForTimeout(500);const f=`/tmp/pics/a-${role}-${lang}-${w}-${n++}.png`;await p.screenshot({path:f,fullPage:process.env.FULL==='1'});console.log(f,u,await p.title()); }
if(process.env.FIND){ const r=await c.request.get(A+'/api/queries/'+process.env.FIND); console.log((await r.text()).slice(0,3000)); }
await b.close();
